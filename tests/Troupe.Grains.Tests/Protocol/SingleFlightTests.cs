using CsCheck;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

public sealed class SingleFlightTests
{
    [Fact]
    public void Only_the_first_caller_starts_the_work()
    {
        var flight = new SingleFlight();

        Assert.True(flight.Join());
        Assert.False(flight.Join());
    }

    [Fact]
    public void One_callers_leave_abandons_nothing_and_the_last_ones_does()
    {
        var flight = new SingleFlight();
        flight.Join();
        flight.Join();

        Assert.False(flight.Leave());
        Assert.True(flight.Leave());
        Assert.True(flight.Join(), "what was abandoned is started again");
    }

    [Fact]
    public void Finished_work_is_not_abandoned()
    {
        var flight = new SingleFlight();
        flight.Join();
        flight.Finish();

        Assert.False(flight.Leave());
    }

    [Fact]
    public void There_is_never_more_than_one_flight_and_none_without_a_caller() => Gen.Int[0, 2].Array[0, 100].Sample(history =>
    {
        var flight = new SingleFlight();
        int flights = 0, callers = 0;
        foreach (var what in history)
        {
            if (what == 0)
            {
                callers++;
                flights += flight.Join() ? 1 : 0;
            }
            else if (what == 1 && callers > 0)
            {
                callers--;
                flights -= flight.Leave() ? 1 : 0;
            }
            else if (what == 2 && flights > 0)
            {
                flight.Finish();
                flights--;
            }
            Assert.InRange(flights, 0, 1);
            Assert.Equal(callers, flight.Waiting);
            Assert.Equal(flights == 1, flight.InFlight);
            Assert.False(flights == 1 && callers == 0);
        }
    });
}

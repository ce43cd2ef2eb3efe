using CsCheck;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

public sealed class RouterTests
{
    private static readonly Gen<EngineCandidate[]> Engines = Gen.Int[0, 40].Array[1, 12].Select(loads => loads.Select((load, n) => new EngineCandidate($"engine {n}", load)).ToArray());

    [Fact]
    public void Every_engine_is_asked_once_and_the_order_depends_on_nothing_but_loads_and_beginning() =>
        Gen.Select(Engines, Gen.Byte.Array[0, 40]).Sample((engines, beginning) =>
        {
            var order = Router.Order(engines, beginning);

            Assert.Equal(engines.Select(engine => engine.Key).Order(), order.Order());
            Assert.Equal(order, Router.Order([.. engines.Reverse()], beginning));
        });

    [Fact]
    public void Equal_beginnings_stay_where_they_are_when_another_engine_leaves() =>
        Gen.Select(Gen.Int[2, 12], Gen.Byte.Array[0, 40]).Sample((count, beginning) =>
        {
            EngineCandidate[] engines = [.. Enumerable.Range(0, count).Select(n => new EngineCandidate($"engine {n}", 0))];
            var order = Router.Order(engines, beginning);

            Assert.Equal(order[0], Router.Order([.. engines.Where(engine => engine.Key != order[^1])], beginning)[0]);
        });

    [Fact]
    public void Different_beginnings_spread_over_the_engines()
    {
        EngineCandidate[] engines = [.. Enumerable.Range(0, 4).Select(n => new EngineCandidate($"engine {n}", 0))];

        var counts = Enumerable.Range(0, 4000).CountBy(n => Router.Order(engines, BitConverter.GetBytes(n))[0]).ToDictionary();

        Assert.All(engines, engine => Assert.InRange(counts[engine.Key], 850, 1150));
    }

    [Fact]
    public void An_engine_above_its_share_is_asked_last_but_small_batches_are_nobodys_share()
    {
        EngineCandidate[] busy = [new("a", 60), new("b", 10), new("c", 10)];
        EngineCandidate[] quiet = [new("a", 7), new("b", 0), new("c", 0)];

        for (var n = 0; n < 100; n++)
            Assert.Equal("a", Router.Order(busy, BitConverter.GetBytes(n))[^1]);
        Assert.Contains(Enumerable.Range(0, 100), n => Router.Order(quiet, BitConverter.GetBytes(n))[0] == "a");
    }
}

using Troupe.Contracts.Encoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Transfer;
using Troupe.Grains.Transfer;

namespace Troupe.Grains.Tests.Transfer;

public sealed class FeatureStoreTests
{
    private static readonly SiloAddress Here = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1);
    private static readonly SiloAddress There = SiloAddress.New(System.Net.IPAddress.Loopback, 2, 2);

    private readonly FeatureStore _store = new(maxBytes: 100);

    [Fact]
    public void The_least_recently_used_go_when_room_is_needed()
    {
        Add("a", 40);
        Add("b", 40);
        _store.Find("a");

        Assert.True(Add("c", 40));

        Assert.NotNull(_store.Find("a"));
        Assert.Null(_store.Find("b"));
        Assert.Equal(80, _store.Bytes);
    }

    [Fact]
    public void Features_that_a_request_holds_stay_until_it_lets_go()
    {
        Add("a", 60);
        _store.Hold("a", Holder("request", Here));

        Assert.False(Add("b", 60));
        _store.Release("a", Holder("request", Here));
        Assert.True(Add("b", 60));
        Assert.Null(_store.Find("a"));
    }

    [Fact]
    public void Held_features_are_passed_over_even_when_they_are_the_oldest()
    {
        Add("held", 40);
        _store.Hold("held", Holder("request", Here));
        Add("free", 40);

        Assert.True(Add("new", 40));

        Assert.NotNull(_store.Find("held"));
        Assert.Null(_store.Find("free"));
    }

    [Fact]
    public void One_of_two_holders_is_enough()
    {
        Add("a", 60);
        _store.Hold("a", Holder("first", Here));
        _store.Hold("a", Holder("second", Here));
        _store.Release("a", Holder("first", Here));

        Assert.False(Add("b", 60));
    }

    [Fact]
    public void A_silo_that_is_gone_holds_nothing()
    {
        Add("a", 60);
        _store.Hold("a", Holder("request", There));
        Add("c", 30);
        _store.Hold("c", Holder("request", Here));

        _store.ReleaseAll(There);

        Assert.True(Add("b", 60));
        Assert.Null(_store.Find("a"));
        Assert.NotNull(_store.Find("c"));
    }

    private bool Add(string key, int bytes) => _store.TryAdd(key, new FeatureHandle(new BlobAddress(Here, key, bytes), []), new byte[bytes]);

    private static Holder Holder(string id, SiloAddress silo) => new(silo, new GenerationKey("tenant", id));
}

using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Grains.Protocol;

namespace Troupe.Grains.Tests.Protocol;

public sealed class ClusterViewTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ClusterView _view = new(TimeSpan.FromSeconds(5));

    [Fact]
    public void A_model_is_there_when_every_stage_that_it_needs_has_a_silo()
    {
        Hear("text", Roles.Text);
        Hear("decode", Roles.Decode);
        Assert.Empty(_view.Models());

        Hear("vision", Roles.Vision);

        Assert.Equal(1, Assert.Single(_view.Models()).Engines);
    }

    [Fact]
    public void A_text_model_needs_no_vision()
    {
        Hear("text", Roles.Text, "text");
        Hear("decode", Roles.Decode, "text");

        Assert.Single(_view.Models());
    }

    [Fact]
    public void A_silo_that_leaves_or_falls_silent_is_not_counted_on()
    {
        Hear("all", $"{Roles.Text},{Roles.Vision},{Roles.Decode}");
        Hear("second engine", Roles.Decode);
        Assert.Equal(2, _view.Engines(Model("image").Model).Count);

        _view.Forget("second engine");
        Assert.Single(_view.Engines(Model("image").Model));

        Assert.Empty(_view.ForgetSilent(Noon.AddSeconds(5)));
        Assert.Equal(["all"], _view.ForgetSilent(Noon.AddSeconds(6)));
        Assert.Empty(_view.Models());
    }

    [Fact]
    public void Revisions_of_a_model_are_two_models()
    {
        Hear("old", Roles.Decode);
        Hear("new", Roles.Decode, "image", "second");

        Assert.Equal(["old"], _view.Engines(Model("image").Model).Select(engine => engine.Key));
    }

    private void Hear(string silo, string roles, string modality = "image", string revision = "first") =>
        _view.Hear(silo, new SiloReport(SiloAddress.Zero, roles.Split(','), Model(modality, revision), roles.Contains(Roles.Decode) ? new EngineLoad(0, 0, 8, 0) : null), Noon);

    private static ServedModel Model(string modality, string revision = "first") => new()
    {
        Model = new ModelRevision("model", revision),
        Family = "family",
        Modalities = modality == "text" ? ["text"] : ["text", "image"],
        ContextLength = 100,
        VocabularySize = 10,
        Defaults = new SamplingSettings(),
    };
}

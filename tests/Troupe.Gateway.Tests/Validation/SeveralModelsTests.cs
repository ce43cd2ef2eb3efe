using Grpc.Core;
using Troupe.Gateway.Tests.Fakes;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Validation;

public class SeveralModelsTests
{
    [Fact]
    public async Task Without_a_name_the_field_is_at_fault_when_there_are_several()
    {
        await using var gateway = await Start();
        var violation = Assert.Single((await gateway.Client.Generate(Hello()).Refusal()).Violations());
        Assert.Equal("model", violation.Field);
        Assert.Contains("pictures, words", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_for_a_model_without_eyes_is_refused_at_its_place()
    {
        await using var gateway = await Start();
        var request = Ask(Text("Look"), Image(Picture));
        request.Model = "words";
        var violation = Assert.Single((await gateway.Client.Generate(request).Refusal()).Violations());
        Assert.Equal("messages[0].content[1].image", violation.Field);
        Assert.Contains("which is what model words takes", violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_named_model_gets_the_request()
    {
        await using var gateway = await Start();
        gateway.Cluster.Script = generation => generation.Finish();
        var request = Hello();
        request.Model = "words";
        await gateway.Client.Generate(request).Collect();
        Assert.Equal("words", (await gateway.Cluster.NextSubmitted()).Request.Model.Name);
    }

    [Fact]
    public async Task ListModels_tells_what_is_served()
    {
        await using var gateway = await Start();
        var response = await gateway.Client.ListModelsAsync(new V1.ListModelsRequest());
        Assert.Equal(
            [
                new V1.Model { Name = "pictures", Revision = "revision-of-pictures", Family = "fake", Modalities = { "text", "image" }, ContextLength = 4096, Engines = 2 },
                new V1.Model { Name = "words", Revision = "revision-of-words", Family = "fake", Modalities = { "text" }, ContextLength = 4096, Engines = 2 },
            ],
            response.Models);
    }

    [Fact]
    public async Task Without_any_model_the_service_is_unavailable_for_now()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Models = [];
        var exception = await gateway.Client.Generate(Hello()).Refusal();
        Assert.Equal((StatusCode.Unavailable, "STAGE_UNAVAILABLE"), (exception.StatusCode, exception.Reason()));
        Assert.Empty((await gateway.Client.ListModelsAsync(new V1.ListModelsRequest())).Models);
    }

    private static async Task<RunningGateway> Start()
    {
        var gateway = await RunningGateway.Start();
        gateway.Cluster.Models = [FakeModels.Pictures, FakeModels.Words];
        return gateway;
    }
}

using Grpc.Core;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using static Troupe.Gateway.Tests.Requests;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Tests.Rpc;

public class CountTokensTests
{
    [Fact]
    public async Task Tokens_of_prompt_and_pictures_are_counted_without_a_generation()
    {
        await using var gateway = await RunningGateway.Start();
        PromptRequest? asked = null;
        gateway.Cluster.Prompts = request =>
        {
            asked = request;
            return new PromptResult([1, 2, 3, 4, 5, 6, 7, 8, 9], [new Slot(0, 0, 1, 3), new Slot(0, 3, 5, 2)]);
        };

        var response = await gateway.Client.CountTokensAsync(new V1.CountTokensRequest { Messages = { Turn("user", Image(Picture), Text("Hi")) }, Prompt = new V1.PromptOptions { SplitImages = true } });

        Assert.Equal(new V1.CountTokensResponse { PromptTokens = 9, MediaTokens = 5 }, response);
        Assert.Equal((128, 128), (asked!.Media[0].Width, asked.Media[0].Height));
        Assert.True(asked.Settings.SplitImages);
    }

    [Fact]
    public async Task A_conversation_that_the_template_refuses_is_the_callers_fault()
    {
        await using var gateway = await RunningGateway.Start();
        gateway.Cluster.Prompts = _ => PromptResult.Refused(RefusalKind.Invalid, "Roles must alternate; send user and assistant in turn.");
        var exception = await Assert.ThrowsAsync<RpcException>(() => gateway.Client.CountTokensAsync(new V1.CountTokensRequest { Messages = { Turn("user", Text("Hi")) } }).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "Roles must alternate; send user and assistant in turn."), (exception.StatusCode, exception.Status.Detail));
    }
}

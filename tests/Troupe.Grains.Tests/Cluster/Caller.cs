using System.Security.Cryptography;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Decoding;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Grains.Generation;
using Troupe.Models.Vision;

namespace Troupe.Grains.Tests.Cluster;

/// <summary>What a front door does: makes valid requests and reads their events.</summary>
internal sealed class Caller(IInferenceCluster cluster)
{
    public IInferenceCluster Cluster => cluster;

    public ServedModel Model => cluster.Models[0].Served;

    public static byte[] Scene(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "scenes", name));

    public GenerationRequest Request(string question, params byte[][] pictures) => new()
    {
        Key = new GenerationKey("tenant", Guid.NewGuid().ToString("N")),
        Model = Model.Model,
        Messages = [new Turn("user", [.. pictures.Select(_ => new TurnPart(null)), new TurnPart(question)])],
        Media = [.. pictures.Select(Reference)],
        Prompt = new PromptSettings(),
        Sampling = Model.Defaults,
        BodyDigest = question,
    };

    /// <summary>One that goes on through the model's end tokens to the end of the context.</summary>
    public GenerationRequest LongRequest(string question = "Describe this image.") => Request(question) with { Sampling = Model.Defaults with { StopTokenIds = [] } };

    public Task<SubmitResult> Submit(GenerationRequest request, params byte[][] pictures) =>
        cluster.Submit(request, [.. pictures.Select(picture => (ReadOnlyMemory<byte>)picture)], TestContext.Current.CancellationToken);

    public Task<GenerationEvent[]> Read(GenerationRequest request) =>
        cluster.Read(request.Key, TestContext.Current.CancellationToken).ToArrayAsync(TestContext.Current.CancellationToken).AsTask();

    public async Task<GenerationEvent[]> Ask(GenerationRequest request, params byte[][] pictures)
    {
        var result = await Submit(request, pictures);
        Assert.Null(result.Refusal);
        var events = await Read(request);
        Assert.True(events[^1] is FinishedEvent, events[^1].ToString());
        return events;
    }

    public static int[] TokenIds(IEnumerable<GenerationEvent> events) => [.. events.OfType<TokensEvent>().SelectMany(tokens => tokens.TokenIds)];

    public static string Text(IEnumerable<GenerationEvent> events) => string.Concat(events.OfType<TokensEvent>().Select(tokens => tokens.Text)).Trim();

    public static ChoiceEnd? End(IEnumerable<GenerationEvent> events) => events.OfType<TokensEvent>().LastOrDefault()?.Finish;

    private static MediaReference Reference(byte[] picture)
    {
        var size = PictureHeader.Read(picture, PictureLimits.Default).Size;
        return new MediaReference(Convert.ToHexStringLower(SHA256.HashData(picture)), picture.Length, size.Width, size.Height);
    }
}

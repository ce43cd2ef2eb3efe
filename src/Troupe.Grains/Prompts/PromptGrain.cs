using Orleans.Concurrency;
using Troupe.Contracts.Cluster;
using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Grains.Placement;
using Troupe.Grains.Serving;
using Troupe.Models.Families;

namespace Troupe.Grains.Prompts;

/// <summary>Templates and tokenizers are work for the processor: they run on the thread pool, not on the grain's turn.</summary>
[RolePlacement(Roles.Text), Reentrant]
internal sealed class PromptGrain(ModelStages stages, TimeProvider time) : Grain, IPromptGrain
{
    public Task<PromptResult> Build(PromptRequest request, CancellationToken cancellation) => Task.Run(() => Build(request), cancellation);

    private PromptResult Build(PromptRequest request)
    {
        try
        {
            var prompt = stages.Prompts.Build(
                [.. request.Messages.Select(turn => new ChatMessage(turn.Role, [.. turn.Content.Select(Part)]))],
                [.. request.Media.Select(medium => new PictureSize(medium.Width, medium.Height))],
                new PromptOptions
                {
                    AllowSpecialTokens = request.Settings.AllowSpecialTokens,
                    Pictures = new PictureOptions { Split = request.Settings.SplitImages },
                    Now = time.GetLocalNow(),
                });
            return new PromptResult(prompt.TokenIds, [.. prompt.Slots.Select(slot => new Slot(slot.Medium, slot.FeatureStart, slot.Position, slot.Length))]);
        }
        catch (PromptException refused)
        {
            return PromptResult.Refused(RefusalKind.Invalid, refused.Message);
        }
    }

    private static ContentPart Part(TurnPart part) => part.Text is { } text ? new TextPart(text) : new ImagePart();
}

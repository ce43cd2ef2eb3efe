using Troupe.Contracts.Generation;
using Troupe.Contracts.Prompts;
using Troupe.Gateway.Errors;
using V1 = Troupe.Contracts.V1;

namespace Troupe.Gateway.Validation;

/// <summary>The door: turns raw requests into valid ones. Nothing behind it checks their fields again.</summary>
internal sealed class RequestValidator(ModelResolver models, RequestLimits limits, IRandomSource random)
{
    /// <summary>The tenant of callers that do not say who they are.</summary>
    public const string Tenant = "default";

    /// <exception cref="RequestException">The request cannot be served; all fields at fault are named.</exception>
    public ValidGeneration Generation(V1.GenerateRequest raw)
    {
        var model = models.Resolve(raw.Model);
        var violations = new Violations();

        var id = raw.RequestId.Length == 0 ? random.RequestId() : raw.RequestId;
        RequestId.Check(id, violations);
        var conversation = new ConversationReader(limits, model, violations).Read(raw.Messages);
        var sampling = new SamplingReader(model, random, violations).Read(raw.Sampling);
        var choices = raw.Choices == 0 ? 1 : raw.Choices;
        if (choices < 1 || choices > limits.MaxChoices)
            violations.Add("choices", $"is {choices}", $"from 1 to {limits.MaxChoices}", "Send several requests for more answers.");
        violations.ThrowIfAny();

        var request = new GenerationRequest
        {
            Key = new GenerationKey(Tenant, id),
            Model = model.Model,
            Messages = conversation.Turns,
            Media = conversation.Media,
            Prompt = Settings(raw.Prompt),
            Sampling = sampling,
            Choices = choices,
            BodyDigest = BodyDigest.Of(raw, model.Model.Name, choices, conversation.Media),
        };
        return new ValidGeneration(request, conversation.MediaBytes);
    }

    /// <exception cref="RequestException">The request cannot be served; all fields at fault are named.</exception>
    public ValidPrompt Prompt(V1.CountTokensRequest raw)
    {
        var model = models.Resolve(raw.Model);
        var violations = new Violations();
        var conversation = new ConversationReader(limits, model, violations).Read(raw.Messages);
        violations.ThrowIfAny();
        return new ValidPrompt(model.Model, new PromptRequest(conversation.Turns, conversation.Media, Settings(raw.Prompt)));
    }

    /// <exception cref="RequestException">The id cannot be one.</exception>
    public GenerationKey Key(V1.CancelRequest raw)
    {
        var violations = new Violations();
        RequestId.Check(raw.RequestId, violations);
        violations.ThrowIfAny();
        return new GenerationKey(Tenant, raw.RequestId);
    }

    private static PromptSettings Settings(V1.PromptOptions? options) =>
        options is null ? new PromptSettings() : new PromptSettings(options.AllowSpecialTokens, options.HasSplitImages ? options.SplitImages : null);
}

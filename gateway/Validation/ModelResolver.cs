using Troupe.Contracts.Cluster;
using Troupe.Gateway.Errors;
using Troupe.Grains.Generation;

namespace Troupe.Gateway.Validation;

/// <summary>Finds the model that a request asks for among those that can be served now.</summary>
internal sealed class ModelResolver(IInferenceCluster cluster)
{
    private const int NamedModels = 16;

    /// <exception cref="RequestException">There is none of that name, or none at all.</exception>
    public ServedModel Resolve(string name)
    {
        var models = cluster.Models;
        if (models.Count == 0)
            throw new RequestException(Fault.Unavailable, "No model can be served now: a stage has no healthy silo. Try again in a moment; the health service tells when one can.");
        if (name.Length == 0)
            return models is [var only] ? only.Served : throw Ambiguous(models);
        return models.FirstOrDefault(model => model.Served.Model.Name == name)?.Served ?? throw Unknown(name, models);
    }

    private static RequestException Ambiguous(IReadOnlyList<AvailableModel> models)
    {
        var violation = new FieldViolation("model", $"is empty; allowed: the name of one of the {models.Count} models. Send one of: {Names(models)}.");
        return new RequestException(Fault.Invalid, violation.ToString(), [violation]);
    }

    private static RequestException Unknown(string name, IReadOnlyList<AvailableModel> models)
    {
        const int Shown = 64;
        var shown = name.Length <= Shown ? name : $"{name[..Shown]}...";
        return new RequestException(Fault.UnknownModel, $"There is no model '{shown}'. Send one of: {Names(models)}.");
    }

    private static string Names(IReadOnlyList<AvailableModel> models) =>
        string.Join(", ", models.Take(NamedModels).Select(model => model.Served.Model.Name)) + (models.Count > NamedModels ? ", ... (ListModels tells all)" : "");
}

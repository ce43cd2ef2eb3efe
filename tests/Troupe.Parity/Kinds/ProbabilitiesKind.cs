using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Given logits and sampling parameters: the distribution that is drawn from.</summary>
public sealed class ProbabilitiesKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "probabilities";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var sampling = Sampling(golden, "params");
        report.Fact("params accepted", !sampling.Validate().Any(), () => string.Join("; ", sampling.Validate()));
        var probabilities = TokenDistribution.Probabilities(
            golden.Folder.Tensor(golden.Text("logits")).Floats, sampling, golden.Numbers("prompt_ids"), golden.Numbers("generated_ids"));
        report.Tensor("probs", probabilities);
        report.Ids("kept tokens", [.. Kept(golden.Tensor("probs").Values)], [.. Kept([.. probabilities.Select(value => (double)value)])]);
        report.Ids("kept", [golden.Number("kept")], [probabilities.Count(value => value > 0)]);
    }

    /// <summary>Parameters of a record; what it does not name is off, and tokens are drawn.</summary>
    public static SamplingParameters Sampling(GoldenRecord record, string field) =>
        SamplingFields.Read(record.Element(field), new SamplingParameters { Temperature = 1 });

    private static IEnumerable<int> Kept(double[] probabilities) => Enumerable.Range(0, probabilities.Length).Where(id => probabilities[id] > 0);
}

using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Logits and parameters that are refused.</summary>
public sealed class ErrorsKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "errors";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        foreach (var row in golden.Records("logits"))
        {
            float[] logits = [.. row.Element("logits").EnumerateArray().Select(SamplingFields.Logit)];
            report.Fact($"logits {row.Text("name")}", IsRefused(logits), () => "a distribution was made of them");
        }
        foreach (var row in golden.Records("params"))
        {
            var name = row.Text("param");
            var problems = SamplingFields.With(new SamplingParameters(), name, row.Element("value")).Validate().ToArray();
            report.Fact($"{name} {row.Element("value").GetRawText()}", problems is [{ } one] && one.Field == name, () => $"found {problems.Length} problems: {string.Join("; ", problems.AsEnumerable())}");
        }
    }

    private static bool IsRefused(float[] logits)
    {
        try
        {
            TokenDistribution.Probabilities(logits, new SamplingParameters { Temperature = 1 }, [], []);
            return false;
        }
        catch (InvalidLogitsException)
        {
            return true;
        }
    }
}

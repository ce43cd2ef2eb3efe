using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>The product's probabilities, drawn from with the reference's uniform numbers, give the reference's tokens.</summary>
public sealed class DrawsKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "draws";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        foreach (var row in golden.Records("rows"))
        {
            var name = row.Text("logits");
            var probabilities = TokenDistribution.Probabilities(golden.Folder.Tensor(name).Floats, ProbabilitiesKind.Sampling(row, "params"), [], []);
            report.Ids($"{name} tokens", row.Numbers("token"), [.. row.Element("u").EnumerateArray().Select(u => InverseCdf(probabilities, u.GetDouble()))]);
        }
    }

    private static int InverseCdf(float[] probabilities, double u)
    {
        var sum = 0.0;
        for (var id = 0; id < probabilities.Length; id++)
            if ((sum += probabilities[id]) > u)
                return id;
        return Array.FindLastIndex(probabilities, probability => probability > 0);
    }
}

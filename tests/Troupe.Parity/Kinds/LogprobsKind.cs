using Troupe.Engine.Sampling;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Log-probabilities before and after the sampling rules.</summary>
public sealed class LogprobsKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "logprobs";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        foreach (var row in golden.Records("rows"))
        {
            var name = row.Text("logits");
            var logits = golden.Folder.Tensor(name).Floats;
            var token = row.Number("token");
            var top = Pairs(row, "raw_top");
            var raw = TokenDistribution.Logprobs(logits, token, top.Length);
            report.Values($"{name} raw_logprob", [row.Element("raw_logprob").GetDouble()], [raw.Logprob]);
            report.Ids($"{name} raw_top ids", [.. top.Select(pair => pair.Id)], [.. raw.Top.Select(one => one.TokenId)]);
            report.Values($"{name} raw_top", [.. top.Select(pair => pair.Logprob)], [.. raw.Top.Select(one => (double)one.Logprob)]);
            if (row.Has("raw_rank"))
                report.Ids($"{name} raw_rank", [row.Number("raw_rank")], [1 + logits.Count(logit => logit > logits[token])]);

            var processed = TokenDistribution.Probabilities(logits, ProbabilitiesKind.Sampling(row, "processed_params"), [], []);
            var processedTop = Pairs(row, "processed_top");
            report.Values($"{name} processed_logprob", [row.Element("processed_logprob").GetDouble()], [Math.Log(processed[token])]);
            report.Values($"{name} processed_top", [.. processedTop.Select(pair => pair.Logprob)], [.. processedTop.Select(pair => Math.Log(processed[pair.Id]))]);
        }
    }

    private static (int Id, double Logprob)[] Pairs(GoldenRecord row, string field) =>
        [.. row.Element(field).EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetDouble()))];
}

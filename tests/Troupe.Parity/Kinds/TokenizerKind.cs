using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>Texts to ids, with and without special tokens, and back.</summary>
public sealed class TokenizerKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "tokenizer";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        var tokenizer = model.Tokenizer;
        foreach (var row in golden.Records("rows"))
        {
            var text = row.Text("text");
            var ids = row.Numbers("ids");
            var name = $"'{(text.Length > 16 ? text[..16] : text)}'";
            report.Ids($"{name} ids", ids, tokenizer.Encode(text, addSpecialTokens: true));
            if (row.Has("ids_no_special"))
                report.Ids($"{name} plain ids", row.Numbers("ids_no_special"), tokenizer.Encode(text, addSpecialTokens: false));
            report.Text($"{name} decoded", row.Text("decoded"), tokenizer.Decode(ids, skipSpecialTokens: false));
            report.Text($"{name} without specials", row.Text("decoded_skip_special"), tokenizer.Decode(ids, skipSpecialTokens: true));

            var detokenizer = tokenizer.CreateDetokenizer(skipSpecialTokens: false);
            report.Text($"{name} streamed", row.Text("decoded"), string.Concat(ids.Select(detokenizer.Append)) + detokenizer.Flush());

            // The product has no use for token strings and offsets; the ids of a loader that loses a step are not the reference.
            row.Pass("tokens", "offsets", "ids_without_digits_step");
        }
        if (golden.Has("pairs"))
            foreach (var row in golden.Records("pairs"))
                report.Ids($"'{row.Text("text")}' with a pair", row.Numbers("ids"), tokenizer.Encode(row.Text("text"), row.Text("pair"), addSpecialTokens: true));
    }
}

using Troupe.Models.Families;
using Troupe.Models.Vision;
using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>A trained model's answers to questions about pictures. They are recorded without the white space around them.</summary>
public sealed class PictureQuestionsKind : ICaseKind
{
    public bool Takes(GoldenCase golden) => golden.Kind == "picture_questions";

    public void Run(GoldenCase golden, ProductModel model, CaseReport report)
    {
        foreach (var row in golden.Records("rows"))
        {
            var file = golden.Input(row.Text("image"));
            ChatMessage[] messages = [new("user", [new ImagePart(), new TextPart(row.Text("question"))])];
            var prompt = model.Prompts.Build(messages, [PictureHeader.Read(file, PictureLimits.Default).Size], PromptOptions.Default);
            var features = model.Float32.Encoder.Encode([model.Float32.Encoder.Prepare(file, PictureLimits.Default, PictureOptions.Default)]);
            var ids = row.Numbers("answer_ids");
            var answer = Generation.Run(model.Float32.Decoder, model.Tokenizer, [new PreparedPrompt(prompt.TokenIds, prompt.Slots, features)], GreedyKind.Sampling(model, ids.Length))[0];
            report.Ids($"{row.Text("image")} ids", ids, answer.Ids);
            report.Text($"{row.Text("question")} answer", row.Text("answer"), answer.Text.Trim());
            row.Pass("truth", "correct", "rendered_prompt");
        }
    }
}

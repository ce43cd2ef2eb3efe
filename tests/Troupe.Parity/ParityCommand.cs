using Troupe.Models.Checkpoints;
using Troupe.Parity.Goldens;
using Troupe.Parity.Kinds;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity;

/// <summary>Reference folders in, a line per tensor and a summary out.</summary>
public static class ParityCommand
{
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        try
        {
            var options = ParityOptions.Parse(arguments);
            if (options.Help)
            {
                output.WriteLine(ParityOptions.Usage);
                return 0;
            }
            var summaries = options.Folders.Select(folder => Run(folder, options, output)).ToArray();
            output.WriteLine();
            foreach (var summary in summaries)
                output.WriteLine(summary);
            var ok = summaries.All(summary => summary.Ok);
            output.WriteLine(ok ? "everything holds" : "NOT everything holds");
            return ok ? 0 : 1;
        }
        catch (ArgumentException e)
        {
            errors.WriteLine(e.Message);
            errors.WriteLine(ParityOptions.Usage);
            return 2;
        }
        catch (Exception e) when (e is CheckpointException or InvalidDataException or IOException)
        {
            errors.WriteLine(e.Message);
            return 1;
        }
    }

    private static FolderSummary Run(string path, ParityOptions options, TextWriter output)
    {
        using var golden = GoldenFolder.Open(path, options.Model);
        using var model = ProductModel.Open(golden.ModelDirectory, options.Device);
        var summary = new FolderSummary(golden.Name);
        foreach (var one in golden.Cases)
        {
            var name = $"{golden.Name}/{one.Name}";
            if (!options.Asks(name))
                output.WriteLine($"{name}: left out");
            else if (CaseKinds.Find(one) is not { } kind)
            {
                output.WriteLine($"{name}: SKIPPED, the kind '{one.Kind}' is not known");
                summary.Skip();
            }
            else
                summary.Add(Print(name, CaseRun.Run(kind, one, model), output));
        }
        return summary;
    }

    private static CaseReport Print(string name, CaseReport report, TextWriter output)
    {
        foreach (var check in report.Checks)
            output.WriteLine($"{name}  {check}");
        return report;
    }
}

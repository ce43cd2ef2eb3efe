using Troupe.Parity.Goldens;
using Troupe.Parity.Kinds;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity;

/// <summary>One case through the product. What a kind does not look at, tensor or field, is a failure: nothing recorded is passed over in silence.</summary>
public static class CaseRun
{
    public static CaseReport Run(ICaseKind kind, GoldenCase golden, ProductModel model)
    {
        var report = new CaseReport(golden);
        golden.StartOver(); // other cases may have looked at it
        try
        {
            kind.Run(golden, model, report);
        }
        catch (Exception e)
        {
            report.Failed("run", $"{e.GetType().Name}: {e.Message}");
            return report;
        }
        foreach (var tensor in golden.Untouched)
            report.Failed(tensor, "recorded, but not looked at");
        return report;
    }
}

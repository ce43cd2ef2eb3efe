using Troupe.Parity.Goldens;
using Troupe.Parity.Product;
using Troupe.Parity.Reports;

namespace Troupe.Parity.Kinds;

/// <summary>How a kind of case is put to the product. One class per kind; stateless.</summary>
public interface ICaseKind
{
    bool Takes(GoldenCase golden);

    /// <summary>Runs the case and reports every recorded tensor and field.</summary>
    void Run(GoldenCase golden, ProductModel model, CaseReport report);
}

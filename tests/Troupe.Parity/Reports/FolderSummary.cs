using System.Globalization;

namespace Troupe.Parity.Reports;

/// <summary>What came of a folder.</summary>
public sealed class FolderSummary(string name)
{
    private int _cases, _failed, _skipped, _tensors, _facts;
    private double _float32, _bfloat16;

    public bool Ok => _failed == 0 && _skipped == 0;

    public void Skip() => _skipped++;

    public void Add(CaseReport report)
    {
        _cases++;
        _failed += report.Problems.Any() ? 1 : 0;
        _tensors += report.Checks.Count(check => check.IsTensor);
        _facts += report.Checks.Count(check => !check.IsTensor);
        _float32 = Largest(report, Precision.Float32, _float32);
        _bfloat16 = Largest(report, Precision.BFloat16, _bfloat16);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Ok ? "ok " : "OFF")} {name,-18} cases {_cases,3}  tensors {_tensors,4}  facts {_facts,4}  largest f32 error {_float32:0.0e+00}  bf16 {_bfloat16:0.0e+00}  failed {_failed}  skipped {_skipped}");

    private static double Largest(CaseReport report, Precision precision, double sofar) =>
        report.Checks.Where(check => check.Precision == precision && check.MaxError is not null).Select(check => check.MaxError!.Value).Append(sofar).Max();
}

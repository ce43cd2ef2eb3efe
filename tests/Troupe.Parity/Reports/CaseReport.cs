using Troupe.Parity.Goldens;

namespace Troupe.Parity.Reports;

/// <summary>What came of a case.</summary>
public sealed class CaseReport(GoldenCase golden)
{
    private readonly List<Check> _checks = [];

    public IReadOnlyList<Check> Checks => _checks;

    public IEnumerable<Check> Problems => _checks.Where(check => !check.Holds);

    /// <summary>A recorded tensor against what the product made. Whole numbers must be equal, whatever the precision.</summary>
    public void Tensor(string name, IReadOnlyList<float> actual, Precision precision = Precision.Float32) =>
        Tensor(name, golden.Tensor(name), [.. actual.Select(value => (double)value)], precision);

    /// <inheritdoc cref="Tensor(string, IReadOnlyList{float}, Precision)"/>
    public void Tensor(string name, IReadOnlyList<int> actual) =>
        Tensor(name, golden.Tensor(name), [.. actual.Select(value => (double)value)], Precision.Exact);

    /// <inheritdoc cref="Tensor(string, IReadOnlyList{float}, Precision)"/>
    public void Tensor(string name, IReadOnlyList<double> actual, Precision precision = Precision.Float32) =>
        Tensor(name, golden.Tensor(name), actual, precision);

    /// <summary>Numbers that the case does not record as a tensor of its own.</summary>
    public void Values(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual, Precision precision = Precision.Float32) =>
        Add(name, expected, actual, precision, isTensor: false);

    public void Ids(string name, IReadOnlyList<int> expected, IReadOnlyList<int> actual) =>
        Add(name, [.. expected.Select(id => (double)id)], [.. actual.Select(id => (double)id)], Precision.Exact, isTensor: false);

    public void Text(string name, string expected, string actual)
    {
        var at = expected.AsSpan().CommonPrefixLength(actual);
        Fact(name, expected == actual, () => $"from character {at} on '{Part(expected, at)}' was expected, found '{Part(actual, at)}'");
    }

    public void Fact(string name, bool holds, Func<string> problem) =>
        _checks.Add(new Check(name, Precision.Exact, null, holds ? null : problem(), IsTensor: false));

    public void Failed(string name, string problem) => Fact(name, false, () => problem);

    private void Tensor(string name, GoldenTensor expected, IReadOnlyList<double> actual, Precision precision) =>
        Add(name, expected.Values, actual, expected.IsFloat ? precision : Precision.Exact, isTensor: true);

    private void Add(string name, IReadOnlyList<double> expected, IReadOnlyList<double> actual, Precision precision, bool isTensor)
    {
        if (expected.Count != actual.Count)
        {
            _checks.Add(new Check(name, precision, null, $"{actual.Count} values, {expected.Count} were expected", isTensor));
            return;
        }
        var tolerance = golden.Folder.Tolerances[precision];
        var (largest, worst, off) = (0.0, -1, 0);
        for (var i = 0; i < expected.Count; i++)
        {
            var error = expected[i].Equals(actual[i]) ? 0 : Math.Abs(expected[i] - actual[i]);
            if (!(error <= tolerance.At(expected[i])))
            {
                off++;
                worst = worst < 0 ? i : worst;
            }
            largest = error > largest || double.IsNaN(error) ? error : largest;
        }
        var problem = off == 0 ? null : $"{off} of {expected.Count} values, the first at {worst}: {expected[worst]:g9} was expected, found {actual[worst]:g9}";
        _checks.Add(new Check(name, precision, largest, problem, isTensor));
    }

    private static string Part(string text, int at) => text[at..Math.Min(text.Length, at + 40)].Replace("\n", "\\n", StringComparison.Ordinal);
}

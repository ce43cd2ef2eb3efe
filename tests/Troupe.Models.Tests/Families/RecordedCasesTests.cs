using Troupe.Parity;
using Troupe.Parity.Goldens;
using Troupe.Parity.Kinds;
using Troupe.Parity.Product;

namespace Troupe.Models.Tests.Families;

/// <summary>Every recorded case of the small checkpoints, as the parity runner runs them.</summary>
public sealed class RecordedCasesTests(RecordedCasesTests.Models models) : IClassFixture<RecordedCasesTests.Models>
{
    private static readonly string[] Folders = ["idefics3", "idefics3-bf16", "llama", "llama-bf16", "llama-rope3", "llama-sharded"];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var folder in Folders)
            {
                using var golden = GoldenFolder.Open(Fixture.Model(folder));
                foreach (var one in golden.Cases)
                    cases.Add(folder, one.Name);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_product_meets_the_reference(string folder, string name)
    {
        var (golden, model) = models.Open(folder);
        var one = golden.Case(name);
        var report = CaseRun.Run(CaseKinds.Find(one) ?? throw new InvalidDataException($"The kind '{one.Kind}' is not known."), one, model);
        Assert.NotEmpty(report.Checks);
        Assert.Empty(report.Problems);
    }

    [Fact]
    public void The_recorded_cases_are_all_there() => Assert.Equal(56, Cases.Count);

    /// <summary>Each checkpoint is loaded once for all its cases.</summary>
    public sealed class Models : IDisposable
    {
        private readonly Dictionary<string, (GoldenFolder, ProductModel)> _opened = [];

        public (GoldenFolder Golden, ProductModel Model) Open(string folder)
        {
            if (_opened.TryGetValue(folder, out var opened))
                return opened;
            return _opened[folder] = (GoldenFolder.Open(Fixture.Model(folder)), ProductModel.Open(Fixture.Model(folder)));
        }

        public void Dispose()
        {
            foreach (var (golden, model) in _opened.Values)
            {
                golden.Dispose();
                model.Dispose();
            }
        }
    }
}

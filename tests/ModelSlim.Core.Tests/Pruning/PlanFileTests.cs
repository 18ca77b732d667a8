using ModelSlim.Core.Costs;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Pruning;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Pruning;

public sealed class PlanFileTests
{
    private readonly PlanFile plans = new();

    private static PruningPlan Plan { get; } = new()
    {
        Model = new string('a', 64),
        Before = new ModelCost(1000, 100, 10_000),
        After = new ModelCost(500, 50, 5_000),
        Cuts = [new GroupCut("conv", 8, [1, 7])],
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        using var folder = new TemporaryFolder();

        var read = plans.Load(folder.Write("plan.json", plans.Write(Plan))).Value!;

        Assert.Equal(plans.Write(Plan), plans.Write(read));
        Assert.Equal([1, 7], Assert.Single(read.Cuts).Removed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\": 2, @}")]
    [InlineData("{@, \"more\": 1}")]
    [InlineData("{\"model\": null, \"before\": null, \"after\": null, \"cuts\": null}")]
    public void What_is_no_plan_is_refused(string text)
    {
        var inside = plans.Write(Plan).Trim().TrimStart('{').TrimEnd('}').Replace("\"version\": 1,", "", StringComparison.Ordinal);

        AssertRefused(plans.Read(text.Replace("@", inside, StringComparison.Ordinal), "plan.json"));
    }

    [Theory]
    [InlineData("\"removed\": [\n        1,\n        7\n      ]", "\"removed\": null")]
    [InlineData("1,\n        7", "7,\n        1")]
    [InlineData("1,\n        7", "7,\n        7")]
    [InlineData("\"group\": \"conv\"", "\"group\": null")]
    [InlineData("\"channels\": 8", "\"channels\": 4294967296")]
    [InlineData("\"channels\": 8", "\"channels\": \"8\"")]
    [InlineData("\"cuts\": [", "\"cuts\": [ null,")]
    public void A_part_that_cannot_be_is_refused(string part, string other)
    {
        var text = plans.Write(Plan);
        Assert.Contains(part, text, StringComparison.Ordinal);

        AssertRefused(plans.Read(text.Replace(part, other, StringComparison.Ordinal), "plan.json"));
    }

    [Fact]
    public void A_missing_file_a_folder_and_a_file_larger_than_any_plan_are_refused()
    {
        using var folder = new TemporaryFolder();
        var large = folder.Write("large.json", "{");
        using (var file = File.OpenWrite(large))
        {
            file.SetLength(3L << 30);
        }

        AssertRefused(plans.Load(folder.File("none.json")));
        AssertRefused(plans.Load(folder.FullName));
        AssertRefused(plans.Load(large));
    }

    private static void AssertRefused(Result<PruningPlan> result) => Assert.Equal("MSLIM5004", Assert.Single(result.Diagnostics).Code);
}

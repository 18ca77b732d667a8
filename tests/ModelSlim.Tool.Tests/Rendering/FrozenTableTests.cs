using System.Collections.Immutable;
using ModelSlim.Core.Reports;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class FrozenTableTests
{
    [Fact]
    public void Equal_parts_share_a_row_with_their_number()
    {
        var text = Write([new("If_32", "unknown", 64), new("If_32", "unknown", 64), new("If_32", "unknown", 128), new("y", "output", 0)], all: false);

        Assert.Single(text.Split('\n'), line => line.Contains("If_32", StringComparison.Ordinal));
        Assert.Contains("2 x 64, 128", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_rows_are_cut_short_unless_all_are_asked_for()
    {
        ImmutableArray<FrozenPart> parts = [.. Enumerable.Range(0, 25).Select(i => new FrozenPart($"n{i}", "output", 1))];

        Assert.Contains("5 more with -v d", Write(parts, all: false), StringComparison.Ordinal);
        Assert.Contains("n24", Write(parts, all: true), StringComparison.Ordinal);
    }

    private static string Write(ImmutableArray<FrozenPart> parts, bool all)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Terminal.Over(text, isTerminal: false, noColor: true).Write(FrozenTable.Of(parts, all));
        return text.ToString();
    }
}

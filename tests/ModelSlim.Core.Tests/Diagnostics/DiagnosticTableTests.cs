using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Tests.Diagnostics;

public sealed class DiagnosticTableTests
{
    [Fact]
    public void Has_a_row_a_code()
    {
        var rows = new DiagnosticTable().Write().TrimEnd('\n').Split('\n')[2..];

        Assert.Equal(DiagnosticCodes.All.Select(code => code.Code), rows.Select(row => row[2..11]));
        Assert.All(rows, row => Assert.Equal(4, row.Count(letter => letter == '|')));
    }

    [Fact]
    public void The_README_has_this_very_table() =>
        ReadmeSection.MustBe(DiagnosticTable.Start, DiagnosticTable.End, new DiagnosticTable().Write());
}

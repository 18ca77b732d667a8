using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tests;
using ModelSlim.Training.Kernels;

namespace ModelSlim.Training.Tests.Kernels;

public sealed class OperatorTableTests
{
    private static readonly OperatorTable Table = new(OperatorCatalog.Standard, Trains);

    [Fact]
    public void Every_operator_is_named_once()
    {
        var names = OperatorCatalog.Standard.Operators.SelectMany(op => op.OpTypes);

        Assert.Equal(names.Order(StringComparer.Ordinal), Table.Write().Split('\n')[2..]
            .SelectMany(row => row.Split('|').Skip(2)).SelectMany(cell => cell.Split(',', StringSplitOptions.TrimEntries))
            .Where(name => name.Length > 0).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_README_has_this_very_table() => ReadmeSection.MustBe(OperatorTable.Start, OperatorTable.End, Table.Write());

    private static bool Trains(string domain, string opType) =>
        KernelRegistry.Standard.Find(new Node { Domain = domain, OpType = opType, Inputs = [], Outputs = [] }) is not null;
}

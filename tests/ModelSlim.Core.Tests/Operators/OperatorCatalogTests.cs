using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class OperatorCatalogTests
{
    [Fact]
    public void Every_operator_is_in_the_catalog() => Assert.Equal(
        typeof(Operator).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Operator)) && !type.IsAbstract).Select(type => type.Name).Order(),
        OperatorCatalog.Standard.Operators.Select(op => op.GetType().Name).Distinct().Order());

    [Theory]
    [InlineData("", true)]
    [InlineData("ai.onnx", true)]
    [InlineData("com.microsoft", false)]
    public void An_operator_belongs_to_its_domain(string domain, bool known) =>
        Assert.Equal(known, OperatorCatalog.Standard.Find(Node("Conv", domain)) is not null);

    [Fact]
    public void Names_are_matched_letter_by_letter() => Assert.Null(OperatorCatalog.Standard.Find(Node("conv", "")));

    [Fact]
    public void Only_movements_are_run_on_positions()
    {
        Assert.Equal([0], OperatorCatalog.Standard.Movement(Node("Reshape", ""))!.Sources);
        Assert.Null(OperatorCatalog.Standard.Movement(Node("Conv", "")));
        Assert.Null(OperatorCatalog.Standard.Movement(Node("Nothing", "")));
    }

    [Fact]
    public void Two_operators_of_one_name_are_a_mistake() => Assert.Throws<ArgumentException>(() => new OperatorCatalog([new Pool(), new Pool()]));

    private static Node Node(string opType, string domain) => new() { OpType = opType, Domain = domain, Inputs = ["x"], Outputs = ["y"] };
}

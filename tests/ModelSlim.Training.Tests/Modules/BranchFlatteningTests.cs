using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Kernels;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Modules;

public sealed class BranchFlatteningTests : IClassFixture<TorchFixture>
{
    [Theory]
    [InlineData(3f, 1f)]
    [InlineData(0.5f, 1f)]
    [InlineData(0.5f, -1f)]
    public void Branches_run_as_their_conditions_say(float first, float second)
    {
        var model = Model();
        using var scope = NewDisposeScope();
        using var module = new GraphModule(Compile(model));
        var input = TensorData.From([1, 4], [first, second, 0.25f, -0.5f]);

        var actual = module.Run([tensor(input.ToSingles(), [1, 4]).clone()], RunMode.Inference)[0].data<float>().ToArray();

        Assert.All(OnnxRuntimeOracle.Run(model, [input]).Values.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Only_the_branch_that_runs_is_trained_and_the_file_keeps_its_form()
    {
        var model = Model();
        using var scope = NewDisposeScope();
        using var module = new GraphModule(Compile(model));
        Assert.Equal(["deep", "shallow"], module.Parameters.Keys);

        module.Run([tensor(new[] { 3f, 1, 1, 1 }, [1, 4]).clone()], RunMode.Training)[0].sum().backward();
        using (no_grad())
        {
            module.Parameters["shallow"].add_(module.Parameters["shallow"].grad!);
        }

        Assert.Null(module.Parameters["deep"].grad);
        var graph = module.ToGraph();
        Assert.Equal(model.Graph.Nodes.Select(node => node.OpType), graph.Nodes.Select(node => node.OpType));
        Assert.NotEqual(model.Graph.Initializers["shallow"].ToSingles(), graph.Initializers["shallow"].ToSingles());
        Assert.Equal(model.Graph.Initializers["deep"].ToSingles(), graph.Initializers["deep"].ToSingles());
    }

    [Fact]
    public void A_condition_for_several_samples_at_once_is_refused()
    {
        using var scope = NewDisposeScope();
        using var module = new GraphModule(Compile(Model()));
        Assert.Contains("2 values", Assert.Throws<NodeFailedException>(() => module.Run([ones(2, 4)], RunMode.Inference)).Message);
    }

    private static GraphProgram Compile(OnnxModel model) => new GraphCompiler(KernelRegistry.Standard).Compile(model.Graph).Value!;

    // If the first number is more than 1: x times shallow. Else if the second is more than 0: x times deep, else x plus a
    // constant of the branch. The branches share a name.
    private static OnnxModel Model()
    {
        var b = new ModelBuilder();
        var x = b.Input("x", 1, 4);
        b.Initializer("shallow", [4, 4], -1, 1);
        b.Initializer("deep", [4, 4], -1, 1);
        string Above(int place, float bound) => b.Node(
            "Greater",
            [
                b.Node("Slice", [x, Integers(b, place), Integers(b, place + 1), Integers(b, 1)], [1, 1]),
                b.Initializer(b.NewName("bound"), TensorData.From([], [bound])),
            ],
            [1, 1]);
        var (outer, inner) = (Above(0, 1), Above(1, 0));
        var times = Branch([Node("MatMul", ["x", "deep"], "result")]);
        var plus = Branch([Node("Add", ["x", "own"], "result")]) with
        {
            Initializers = ImmutableDictionary<string, TensorData>.Empty.Add("own", TensorData.From([4], [1, 2, 3, 4.25f])),
        };
        var nested = Node("If", [inner], "result").With("then_branch", new AttributeValue.Subgraph(times)).With("else_branch", new AttributeValue.Subgraph(plus));
        b.Output(b.Node(
            "If",
            [outer],
            [1, 4],
            ("then_branch", new AttributeValue.Subgraph(Branch([Node("MatMul", ["x", "shallow"], "first"), Node("Neg", ["first"], "second")]))),
            ("else_branch", new AttributeValue.Subgraph(Branch([nested])))));
        return b.Build();
    }

    private static string Integers(ModelBuilder b, long value) => b.Initializer(b.NewName("integers"), TensorData.From([1], [value]));

    private static Node Node(string opType, string[] inputs, string output) => new() { OpType = opType, Inputs = [.. inputs], Outputs = [output] };

    private static Graph Branch(ImmutableArray<Node> nodes) => new()
    {
        Name = "branch",
        Inputs = [],
        Outputs = [new GraphValue(nodes[^1].Outputs[0], ElementType.Float, default)],
        Nodes = nodes,
        Initializers = ImmutableDictionary<string, TensorData>.Empty,
        Opsets = ImmutableSortedDictionary<string, int>.Empty.Add("", 17),
    };
}

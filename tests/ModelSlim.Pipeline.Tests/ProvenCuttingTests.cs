using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Evaluation.Verification;
using ModelSlim.Testing;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Cuts under operators that say what is not so: what they lead to must stay whole, and the rest be cut.</summary>
public sealed class ProvenCuttingTests
{
    private static readonly Recipe Half = new() { Target = new TargetSpec { Macs = 0.5 } };

    [Fact]
    public void AGroupThatChangesResultsStaysWholeAndTheRestIsCut()
    {
        var cut = Cut(Net((builder, x) => builder.Node("Softmax", [x], [1, 16, 8, 8], ("axis", new AttributeValue.Int(1)))), new TiesEveryAxis("Softmax"), Half);

        AssertOnlyTheMiddleIsRefused(cut);
    }

    [Fact]
    public void AGroupWhoseCutDoesNotRunStaysWholeAndTheRestIsCut()
    {
        var cut = Cut(
            Net((builder, x) => builder.Node(
                "Reshape", [x, builder.Initializer("sizes", TensorData.From([4], [1L, 16, 4, 16]))], [1, 16, 4, 16])),
            new TiesEveryAxis("Reshape"),
            Half);

        AssertOnlyTheMiddleIsRefused(cut);
    }

    [Fact]
    public void ATargetOutOfReachWithoutTheUnprovenIsSaidSo()
    {
        var cut = Cut(
            Net((builder, x) => builder.Node("Softmax", [x], [1, 16, 8, 8], ("axis", new AttributeValue.Int(1)))),
            new TiesEveryAxis("Softmax"),
            new Recipe { Target = new TargetSpec { Macs = 0.3 } });

        Assert.False(cut.Succeeded);
        Assert.Equal(["MSLIM5001", "MSLIM5005"], cut.Diagnostics.Select(diagnostic => diagnostic.Code).Distinct().Order());
    }

    [Fact]
    public void WhereTheCutFindsNoBoxWhatWorksOnBoxesIsProvenByItsOwnCutsAlone()
    {
        var cut = Cut(Detector(), OperatorCatalog.Standard.Operators[0], Half);

        Assert.True(cut.Succeeded, string.Join('\n', cut.Diagnostics));
        Assert.Empty(cut.Diagnostics);
        Assert.Equal(3, cut.Value.Plan.Cuts.Length);
        Assert.InRange(cut.Value.Cut.MaskedError!.Value, 0, 1e-4);
    }

    private static void AssertOnlyTheMiddleIsRefused(Core.Diagnostics.Result<ProvenCut> cut)
    {
        Assert.True(cut.Succeeded, string.Join('\n', cut.Diagnostics));
        Assert.Equal("MSLIM5005", Assert.Single(cut.Diagnostics).Code);
        Assert.True(cut.Value.Cut.Cost.Macs <= 0.5 * cut.Value.Analysis.Cost.Macs);
        Assert.InRange(cut.Value.Cut.MaskedError!.Value, 0, 1e-4);
        var refused = Assert.Single(cut.Value.Analysis.Dependencies.Refusals, refusal => refusal.Reason.Contains("proven"));
        Assert.Equal(16, refused.Channels);
        Assert.DoesNotContain(cut.Value.Plan.Cuts, made => made.Group == refused.Node);
        Assert.NotEmpty(cut.Value.Plan.Cuts);
    }

    private static OnnxModel Net(Func<ModelBuilder, string, string> middle)
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Conv(builder.Input("x", 1, 3, 8, 8), 24, 3, pad: 1));
        x = middle(builder, builder.Conv(x, 16, 3, pad: 1));
        x = builder.Relu(builder.Conv(x, 24, 3, pad: 1));
        builder.Output(builder.Conv(builder.GlobalAveragePool(x), 5, 1));
        return builder.Build();
    }

    // All that comes out of the two Conv is about 1, and a box counts from 0.9 on: without half of their channels there is none.
    private static OnnxModel Detector()
    {
        var net = new ModelBuilder();
        string Even(string name, int channels) => net.Initializer(name, TensorData.From([32, channels, 1, 1], Repeated(32 * channels, 1f / channels)));
        var x = net.Node("Conv", [net.Input("x", 1, 3, 2, 2), net.Initializer("small", [32, 3, 1, 1], -0.01f, 0.01f), net.Initializer("ones", TensorData.From([32], Repeated(32, 1)))], [1, 32, 2, 2]);
        x = net.Relu(net.Node("Conv", [net.Relu(x), Even("even", 32), net.Initializer("zeros", TensorData.From([32], Repeated(32, 0)))], [1, 32, 2, 2]));
        var score = net.Node("ReduceMean", [x], [], ("keepdims", new AttributeValue.Int(0)));
        var found = net.Node("Greater", [net.Node("Add", [net.Initializer("priors", TensorData.From([6], [-1f, 0, 0, -1, 0, 0])), score], [6]), net.Initializer("bound", TensorData.From([], [0.9f]))], [6]);
        var places = net.Node("Squeeze", [net.Node("NonZero", [found], [1, 4]), net.Initializer("first", TensorData.From([1], [0L]))], [4]);
        var boxes = net.Node("Gather", [net.Initializer("boxes", [6, 16], -1, 1), places], [4, 16], ("axis", new AttributeValue.Int(0)));
        net.Output(net.Gemm(net.Relu(net.Gemm(boxes, 64)), 4));
        return net.Build();
    }

    private static float[] Repeated(int count, float value) => [.. Enumerable.Repeat(value, count)];

    private static Core.Diagnostics.Result<ProvenCut> Cut(OnnxModel model, Operator liar, Recipe recipe)
    {
        var catalog = new OperatorCatalog(
            [.. OperatorCatalog.Standard.Operators.Where(op => !op.OpTypes.Intersect(liar.OpTypes).Any()), liar]);
        var sessions = new SessionFactory();
        var tracer = new ModelTracer(sessions, catalog);
        var cancellation = TestContext.Current.CancellationToken;
        var analysis = new AnalysisStage(sessions, catalog)
            .Run(model, new Recipe { Target = new TargetSpec() }, cancellation);
        Assert.True(analysis.Succeeded, string.Join('\n', analysis.Diagnostics));
        var cutting = new CutStage(tracer, new MaskedOriginalCheck(sessions, catalog), catalog);
        return new ScoreStage(sessions, catalog, new ScoreWorker(), 2).Run(analysis.Value, null, recipe, new TorchSource(), null, cancellation)
            .Then(scores => new ProvenCutting(new PlanStage(catalog, new NoTimer()), cutting).Run(analysis.Value, scores, recipe, cancellation));
    }

    /// <summary>Says of an operator that its first two axes follow the input's, and rewrites nothing.</summary>
    private sealed class TiesEveryAxis(string opType) : Operator
    {
        public override IReadOnlyList<string> OpTypes { get; } = [opType];

        public override IEnumerable<AxisRelation> Relate(NodeView node) =>
            [new AxisRelation.Tied(node.In(0, 0), node.Out(0)), new AxisRelation.Tied(node.In(0, 1), node.Out(1))];
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Simplification;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

public sealed class SimplifyStageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Straight => ["channels", "height", "channels, open batch", "turns", "turns, opset 12", "sliced in loop", "sequence", "sequence on a new axis"];

    public static TheoryData<string> Branching => ["batch, open batch", "elements", "count of elements", "turns that end early"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Straight))]
    public void WhatTakesOneCourseIsLaidOpenAndGivesTheSame(string name)
    {
        var model = Net(name);
        Assert.True(GraphSimplifier.Concerns(model.Graph));

        var simple = Simplify(model);

        Assert.False(GraphSimplifier.Concerns(simple.Graph));
        foreach (var batch in name.Contains("open batch", StringComparison.Ordinal) ? new[] { 1, 3 } : [1])
        {
            Assert.Equal(Outputs(model, batch), Outputs(simple, batch));
        }
    }

    [Theory]
    [MemberData(nameof(Branching))]
    public void WhatMayTakeAnotherCourseStays(string name)
    {
        var model = Net(name);

        Assert.Same(model, Simplify(model));
    }

    [Theory]
    [MemberData(nameof(Straight))]
    public async Task ChannelsArePrunedThroughIt(string name)
    {
        var (path, output) = (folder.File("net.onnx"), folder.File("slim.onnx"));
        await File.WriteAllBytesAsync(path, new OnnxWriter().Write(Net(name)), TestContext.Current.CancellationToken);
        var recipe = new Recipe { Target = new TargetSpec { Macs = 0.5 } };

        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(
            new SlimRequest { ModelPath = path, Recipe = recipe, OutputPath = output }, new Progress<StageProgress>(), TestContext.Current.CancellationToken);

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        Assert.InRange(slim.Value.Report.After.Macs, 1, slim.Value.Report.Before.Macs / 2);
        Assert.Single(new OnnxReader().Read(output).Value!.Graph.Outputs);
    }

    [Fact]
    public async Task WhereNothingIsCutWhatWasLaidOpenIsWritten()
    {
        var (path, output) = (folder.File("net.onnx"), folder.File("slim.onnx"));
        await File.WriteAllBytesAsync(path, new OnnxWriter().Write(Net("turns")), TestContext.Current.CancellationToken);

        var slim = await new ModelSlimServices(2).Pipeline.RunAsync(
            new SlimRequest { ModelPath = path, Recipe = new Recipe { Target = new TargetSpec { Macs = 1 } }, OutputPath = output },
            new Progress<StageProgress>(),
            TestContext.Current.CancellationToken);

        Assert.True(slim.Succeeded, string.Join('\n', slim.Diagnostics));
        Assert.Equal(new FileInfo(path).Length, slim.Value.Report.Before.Bytes);
        Assert.Equal(new FileInfo(output).Length, slim.Value.Report.After.Bytes);
        Assert.Equal(Outputs(Net("turns"), 1), Outputs(new OnnxReader().Read(output).Value!, 1));
    }

    [Fact]
    public void TurnsShareWhatTheLoopStores() =>
        Assert.Single(Simplify(Net("turns")).Graph.Initializers.Values, tensor => tensor.Shape is [16, 16, 1, 1]);

    [Fact]
    public void WhatIsNamedAsToStayIsNotTakenApart()
    {
        var model = Net("channels");
        var recipe = new Recipe { Target = new TargetSpec(), Prune = new PruneSpec { Ignore = [new IgnorePattern("if_1*", null)] } };

        var found = new AnalysisStage(new SessionFactory(), OperatorCatalog.Standard).Run(model, recipe, TestContext.Current.CancellationToken);

        Assert.True(found.Succeeded, string.Join('\n', found.Diagnostics));
        Assert.True(GraphSimplifier.Concerns(found.Value.Model.Graph));
    }

    private static OnnxModel Net(string name) => name switch
    {
        "channels" => FlowNets.AskedSize(1),
        "height" => FlowNets.AskedSize(2),
        "channels, open batch" => FlowNets.AskedSize(1, "N"),
        "batch, open batch" => FlowNets.AskedSize(0, "N"),
        "elements" => FlowNets.AskedElements(counts: false),
        "count of elements" => FlowNets.AskedElements(counts: true),
        "turns" => FlowNets.Turns(endsEarly: false),
        "turns, opset 12" => FlowNets.Turns(endsEarly: false, opset: 12),
        "turns that end early" => FlowNets.Turns(endsEarly: true),
        "sliced in loop" => FlowNets.SlicedInLoop(),
        "sequence" => FlowNets.Sequence(isNew: false),
        "sequence on a new axis" => FlowNets.Sequence(isNew: true),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static OnnxModel Simplify(OnnxModel model)
    {
        var simple = new SimplifyStage(new SessionFactory(), OperatorCatalog.Standard).Run(
            model, new Recipe { Target = new TargetSpec() }, TestContext.Current.CancellationToken);
        Assert.True(simple.Succeeded, string.Join('\n', simple.Diagnostics));
        return simple.Value.Model;
    }

    private static float[] Outputs(OnnxModel model, int batch)
    {
        ImmutableArray<int> shape = [batch, 3, 8, 8];
        var numbers = Enumerable.Range(0, batch * 3 * 64).Select(i => MathF.Sin(i)).ToArray();
        using var session = new SessionFactory().Open(model, SessionSettings.AsIs).Value!;
        return session.Run([TensorData.From(shape, numbers)], TestContext.Current.CancellationToken).Value![0]!.ToSingles();
    }
}

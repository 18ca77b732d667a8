using ModelSlim.Core.Costs;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Costs and targets of models that have layers in subgraphs.</summary>
public sealed class InnerCostsTests : IDisposable
{
    // 8 x 8 places; the layers around the If, and of its branches the larger one.
    private const long Around = 64 * ((16 * 3 * 9) + (24 * 16 * 9) + (16 * 24) + (16 * 8 * 9) + (4 * 16));
    private const long Inside = 64 * (8 * 16 * 9);
    private const long StoredInside = (8 * 16) + (8 * 16 * 9);

    private readonly TemporaryFolder folder = new();
    private readonly ModelSlimServices services = new(1);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Layers_in_branches_count_for_the_target_and_cost_the_same_whoever_counts()
    {
        var recipe = Recipe(new TargetSpec { Macs = 0.6 });
        var model = Write(FlowNets.Ways());
        var planned = services.Planning.Run(model, recipe, new TorchSource(), TestContext.Current.CancellationToken);
        var made = await Slim(recipe);
        Assert.True(made.Succeeded, string.Join('\n', made.Diagnostics));
        var report = made.Value.Report;
        var before = services.Inspector.Run(model, recipe, TestContext.Current.CancellationToken).Value!;
        var after = services.Inspector.Run(folder.File("slim.onnx"), recipe, TestContext.Current.CancellationToken).Value!;
        var verified = services.Verification.Run(model, folder.File("slim.onnx"), recipe, new Progress<StageProgress>(), TestContext.Current.CancellationToken).Value!;

        Assert.Equal((Around + Inside, StoredInside), (report.Before.Macs, before.Params - ParamsAround()));
        Assert.InRange(report.After.Macs, Inside, (long)(0.6 * report.Before.Macs));
        foreach (var (one, other) in new[] { (report.Before, verified.Before), (report.After, verified.After), (report.Before, planned.Value!.Report.Before), (report.After, planned.Value.Report.After) })
        {
            Assert.Equal((one.Macs, one.Params, MacsBasis.Most), (other.Macs, other.Params, other.MacsBasis));
            Assert.Equal(MacsBasis.Most, one.MacsBasis);
        }

        Assert.Equal((report.Before.Macs, report.Before.Params, report.After.Macs, report.After.Params), (before.Macs, before.Params, after.Macs, after.Params));
    }

    [Theory]
    [InlineData(0.15, null, "17.3% of the MACs lie inside branches of If, or bodies of loops, and stay")]
    [InlineData(null, 0.15, "of the parameters lie inside branches of If, or bodies of loops, and stay")]
    public async Task A_target_below_what_branches_hold_is_refused_with_their_share_and_line(double? macs, double? size, string said)
    {
        Write(FlowNets.Ways());
        var place = new SourceSpan("prune.yaml", 2, 1);
        var refused = Assert.Single((await Slim(Recipe(new TargetSpec { Macs = macs, Params = size, Location = place }))).Diagnostics);

        Assert.Equal((DiagnosticCodes.TargetUnreachable, place), (refused.Descriptor, refused.Location));
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }

    // As of if, else if, else: the layers of the longest way lie two levels deep, and nothing lies above them.
    [Fact]
    public void Branches_of_branches_count_for_the_branch_that_holds_them()
    {
        var inspected = services.Inspector.Run(Write(FlowNets.WaysInWay()), Recipe(new TargetSpec { Macs = 0.9 }), TestContext.Current.CancellationToken);

        Assert.Equal(Around + Inside, inspected.Value!.Macs);
    }

    // How many turns a loop takes is not known.
    [Fact]
    public void Layers_in_loops_are_left_out_of_the_count_and_that_is_told()
    {
        var planned = services.Planning.Run(Write(FlowNets.Turns(endsEarly: true)), Recipe(new TargetSpec { Macs = 0.9 }), new TorchSource(), TestContext.Current.CancellationToken);

        Assert.True(planned.Succeeded, string.Join('\n', planned.Diagnostics));
        Assert.Equal(64 * ((16 * 3 * 9) + (16 * 16 * 9) + (4 * 16)), planned.Value.Report.Before.Macs);
        Assert.Equal((MacsBasis.Outside, MacsBasis.Outside), (planned.Value.Report.Before.MacsBasis, planned.Value.Report.After.MacsBasis));
    }

    // Branches without layers, as of a detector that squeezes an axis, cost nothing.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Branches_without_layers_change_nothing(bool counts)
    {
        var planned = services.Planning.Run(Write(FlowNets.AskedElements(counts)), Recipe(new TargetSpec { Macs = 0.9 }), new TorchSource(), TestContext.Current.CancellationToken);

        Assert.Null(planned.Value!.Report.Before.MacsBasis);
    }

    private static long ParamsAround() => FlowNets.Ways().Graph.Initializers.Values.Where(tensor => tensor is { IsFloatingPoint: true, Shape.Length: > 0 }).Sum(tensor => (long)tensor.Length);

    private static Recipe Recipe(TargetSpec target) => new() { Target = target, Repair = RepairMode.Off, Accept = new AcceptSpec { MinSpeedup = 0.01 } };

    private string Write(OnnxModel model)
    {
        new OnnxWriter().Save(model, folder.File("net.onnx"));
        return folder.File("net.onnx");
    }

    private Task<Result<SlimOutcome>> Slim(Recipe recipe) => services.Pipeline.RunAsync(
        new SlimRequest { ModelPath = folder.File("net.onnx"), Recipe = recipe, OutputPath = folder.File("slim.onnx"), Offline = true },
        new Progress<StageProgress>(),
        TestContext.Current.CancellationToken);
}

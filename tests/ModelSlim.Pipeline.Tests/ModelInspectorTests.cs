using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

public sealed class ModelInspectorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Branches_without_weights_cost_what_the_traced_course_costs()
    {
        var path = folder.File("net.onnx");
        new OnnxWriter().Save(FlowNets.Stacked(), path);

        var services = new ModelSlimServices(1);
        var found = services.Inspector.Run(path, new Recipe { Target = new TargetSpec() }, TestContext.Current.CancellationToken).Value!;

        // Two Conv before the branches, two behind them.
        Assert.Equal(64 * 16 * ((3 * 9) + (16 * 9) + 4), found.Macs);
    }
}

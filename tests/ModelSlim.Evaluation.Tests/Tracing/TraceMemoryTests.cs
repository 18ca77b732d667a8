using System.Collections.Immutable;
using ModelSlim.Core.Operators;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Tracing;

[CollectionDefinition(nameof(TraceMemoryTests), DisableParallelization = true)]
[Collection(nameof(TraceMemoryTests))]
public sealed class TraceMemoryTests
{
    [Fact]
    public void A_trace_holds_no_value_that_nobody_reads_any_more()
    {
        const int Values = 40;
        var builder = new ModelBuilder();
        var value = builder.Input("x", 1, 8, 1024, 1024);
        for (var i = 0; i < Values; i++)
        {
            value = builder.Relu(value);
        }

        builder.Output(value);
        var model = builder.Build();
        var before = Environment.WorkingSet;
        var most = before;
        using var done = new ManualResetEventSlim();
        var watch = new Thread(() =>
        {
            while (!done.Wait(5))
            {
                most = Math.Max(most, Environment.WorkingSet);
            }
        });
        watch.Start();
        var trace = new ModelTracer(new SessionFactory(), new OperatorCatalog([])).Trace(
            model, ImmutableDictionary<string, ImmutableArray<int>>.Empty, TestContext.Current.CancellationToken);
        done.Set();
        watch.Join();

        Assert.Equal([1, 8, 1024, 1024], trace.Value!.Shape(model.Graph.Nodes[Values / 2].Outputs[0]));
        Assert.InRange(most - before, 0, Values * 32L * 1024 * 1024 / 2);
    }
}

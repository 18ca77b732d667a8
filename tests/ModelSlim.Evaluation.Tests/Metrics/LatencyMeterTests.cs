using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Metrics;

public sealed class LatencyMeterTests
{
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void A_busy_moment_is_not_held_against_a_slim_model()
    {
        var clock = new BusyClock();

        var times = Compare(clock);

        Assert.Equal(1, times.Speedup);
        Assert.True(clock.Readings > BusyClock.BusyReadings, "the busy moment was the only one");
    }

    [Fact]
    public void A_model_that_is_slower_each_time_stays_so() => Assert.InRange(Compare(new BusyClock { ForGood = true }).Speedup, 0, 0.9);

    [Fact]
    public void A_model_that_finds_other_things_is_not_slower_but_does_other_work()
    {
        var (original, slim) = (Finder(bias: 0), Finder(bias: 100));
        var meter = new LatencyMeter(new SessionFactory(), new BusyClock { ForGood = true }, 1);

        var times = meter.Compare(original, slim, Trace(original), Budget, TestContext.Current.CancellationToken);

        Assert.False(times.Succeeded);
        Assert.Equal("MSLIM7004", Assert.Single(times.Diagnostics).Code);
        Assert.InRange(meter.Compare(original, original, Trace(original), Budget, TestContext.Current.CancellationToken).Value!.Speedup, 0, 0.9);
    }

    [Fact]
    public void Runs_of_microseconds_go_on_for_a_while()
    {
        var clock = new BusyClock { Step = TimeSpan.FromMicroseconds(5) };
        var model = SmallNets.Chain();

        var times = new LatencyMeter(new SessionFactory(), clock, 1)
            .Measure([model], Trace(model), TimeSpan.FromMilliseconds(80), TestContext.Current.CancellationToken).Value!;

        Assert.InRange(times.Runs, 500, 2000);
    }

    [Fact]
    public void Runs_of_seconds_are_few()
    {
        var clock = new BusyClock { Step = TimeSpan.FromSeconds(5) };
        var model = SmallNets.Chain();

        var times = new LatencyMeter(new SessionFactory(), clock, 1)
            .Measure([model], Trace(model), TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken).Value!;

        Assert.InRange(times.Runs, 3, 4);
    }

    private static LatencyComparison Compare(BusyClock clock)
    {
        var model = SmallNets.Chain();
        return new LatencyMeter(new SessionFactory(), clock, 1)
            .Compare(model, model, Trace(model), Budget, TestContext.Current.CancellationToken).Value!;
    }

    // Puts out the places of what is more than 0.
    private static Core.Onnx.OnnxModel Finder(float bias)
    {
        var b = new ModelBuilder();
        var x = b.Gemm(b.Input("x", 1, 16), 64);
        var shifted = b.Node("Add", [x, b.Initializer("shift", Core.Tensors.TensorData.From([], [bias]))], [1, 64]);
        var places = b.Node("NonZero", [b.Node("Relu", [shifted], [1, 64])], [2, 64]);
        b.Output(b.Node("Cast", [places], [2, 64], ("to", new AttributeValue.Int(1))));
        return b.Build();
    }

    private static ValueTrace Trace(Core.Onnx.OnnxModel model) =>
        new ModelTracer(new SessionFactory(), OperatorCatalog.Standard).Trace(model, new Dictionary<string, ImmutableArray<int>>(), TestContext.Current.CancellationToken).Value!;

    // Each reading is a step after the one before; while the machine is busy, every fourth takes ten. With one reading at the
    // start, and two around each run, that is the run of the second model.
    private sealed class BusyClock : TimeProvider
    {
        public const int BusyReadings = 82;

        private long now;

        public int Readings { get; private set; }

        public bool ForGood { get; init; }

        public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            var reading = Readings++ % BusyReadings;
            var busy = Step == TimeSpan.FromMilliseconds(1) && (ForGood || Readings <= BusyReadings) && reading > 5 && reading % 5 == 0;
            return now += (busy ? 10 : 1) * Step.Ticks;
        }
    }
}

using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class ProgressLinesTests
{
    [Fact]
    public void Has_a_line_a_stage_and_one_now_and_then()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var time = new ManualTime();
        var lines = new ProgressLines(output, time, all: false);

        lines.Report(new StageProgress("plan", 0, 0));
        lines.Report(new StageProgress("fine-tune", 0, 100));
        lines.Report(new StageProgress("fine-tune", 1, 100, "loss 2.31"));
        time.Advance(TimeSpan.FromSeconds(10));
        lines.Report(new StageProgress("fine-tune", 50, 100, "loss 0.31", TimeSpan.FromSeconds(12.5)));
        lines.Report(new StageProgress("fine-tune", 51, 100, "loss 0.30", TimeSpan.FromSeconds(12)));

        Assert.Equal("plan\nfine-tune 0/100\nfine-tune 50/100: loss 0.31, 13 s left\n", output.ToString());
    }

    [Fact]
    public void Has_every_report_where_that_is_wanted()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var lines = new ProgressLines(output, new ManualTime(), all: true);

        lines.Report(new StageProgress("plan", 0, 2));
        lines.Report(new StageProgress("plan", 1, 2));

        Assert.Equal("plan 0/2\nplan 1/2\n", output.ToString());
    }

    private sealed class ManualTime : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => now += time.Ticks;

        public override long GetTimestamp() => now;
    }
}

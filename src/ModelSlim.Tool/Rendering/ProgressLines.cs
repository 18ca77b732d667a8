using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Rendering;

/// <summary>Progress where nobody watches: a line for each stage, and one now and then in a long one.</summary>
/// <param name="output">Where lines go.</param>
/// <param name="time">The clock.</param>
/// <param name="all">True where every report gets a line.</param>
internal sealed class ProgressLines(TextWriter output, TimeProvider time, bool all) : IProgress<StageProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private string stage = string.Empty;
    private long last;

    /// <inheritdoc/>
    public void Report(StageProgress value)
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            if (!all && value.Stage == stage && time.GetElapsedTime(last, now) < Interval)
            {
                return;
            }

            (stage, last) = (value.Stage, now);
            output.WriteLine(ProgressText.Of(value));
        }
    }
}

using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Tests.Worker;

/// <summary>Keeps what is reported, at once and in order.</summary>
internal sealed class ProgressRecorder(List<StageProgress> list) : IProgress<StageProgress>
{
    public void Report(StageProgress value)
    {
        lock (list)
        {
            list.Add(value);
        }
    }
}

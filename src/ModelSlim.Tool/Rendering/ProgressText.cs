using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Rendering;

/// <summary>Progress in words.</summary>
internal static class ProgressText
{
    /// <summary>Such as <c>fine-tune 3/10: loss 0.31, 12 s left</c>.</summary>
    public static string Of(StageProgress progress)
    {
        var count = progress.Total > 0 ? $" {progress.Done}/{progress.Total}" : string.Empty;
        string[] more =
        [
            .. progress.Detail.Length > 0 ? [progress.Detail] : Array.Empty<string>(),
            .. progress.Remaining is { } left ? [$"{Quantity.Time(left)} left"] : Array.Empty<string>(),
        ];
        return $"{progress.Stage}{count}{(more.Length > 0 ? ": " : string.Empty)}{string.Join(", ", more)}";
    }
}

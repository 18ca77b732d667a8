using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Pipeline;

/// <summary>Does two things at once that do not need each other.</summary>
internal static class SideBySide
{
    /// <summary>Does both, and ends when both have ended.</summary>
    /// <param name="work">The one that gives the result.</param>
    /// <param name="beside">The other one.</param>
    /// <param name="cancellation">Ends both, as far as they heed it.</param>
    public static Result<T> Run<T>(Func<Result<T>> work, Action beside, CancellationToken cancellation)
        where T : class
    {
        Result<T>? result = null;
        Parallel.Invoke(new ParallelOptions { CancellationToken = cancellation }, () => result = work(), beside);
        return result!;
    }
}

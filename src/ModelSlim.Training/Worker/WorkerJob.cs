using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Worker;

/// <summary>Something the worker can do.</summary>
internal abstract class WorkerJob
{
    /// <summary>Its name in a request.</summary>
    public abstract string Name { get; }

    /// <summary>Does it.</summary>
    /// <param name="context">What it needs.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What the host gets as an answer, a value that JSON can hold.</returns>
    public abstract Result<object> Run(JobContext context, CancellationToken cancellation);
}

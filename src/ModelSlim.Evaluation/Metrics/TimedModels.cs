using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Models that are open at once, to be timed in turns.</summary>
internal sealed class TimedModels : IDisposable
{
    private const long MostPackedBytes = 1L << 30;

    private readonly List<ModelSession> sessions = [];

    private TimedModels()
    {
    }

    /// <summary>The open models, in the order given.</summary>
    public IReadOnlyList<ModelSession> Sessions => sessions;

    /// <summary>Opens models, does something with them, and closes them.</summary>
    /// <param name="factory">Opens one.</param>
    /// <param name="models">The models.</param>
    /// <param name="threads">Threads inside one operator.</param>
    /// <param name="work">What to do.</param>
    /// <returns>What comes of it; or what ONNX Runtime says against a model.</returns>
    public static Result<T> With<T>(SessionFactory factory, IReadOnlyList<OnnxModel> models, int threads, Func<TimedModels, Result<T>> work)
        where T : class
    {
        using var opened = new TimedModels();
        try
        {
            // Packed weights would be a second copy of all models at once.
            var packed = models.Sum(StoredBytes) <= MostPackedBytes;
            foreach (var model in models)
            {
                var session = factory.Open(model, new SessionSettings(Threads: threads) { Timed = packed });
                if (!session.Succeeded)
                {
                    return Result<T>.Failed(session.Diagnostics);
                }

                opened.sessions.Add(session.Value);
            }

            return work(opened);
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException failure)
        {
            return DiagnosticCodes.ModelRunFailed.Says($"ONNX Runtime does not run the model: {RuntimeMessage.Of(failure)}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => sessions.ForEach(session => session.Dispose());

    private static long StoredBytes(OnnxModel model) => model.Graph.Initializers.Values.Sum(tensor => (long)tensor.Bytes.Length);
}

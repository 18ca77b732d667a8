using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>A session with its inputs bound. One thread at a time.</summary>
public sealed class BoundRun : IDisposable
{
    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly ImmutableArray<string> inputs;
    private readonly List<FedValue> values;
    private readonly List<OrtValue> fed;
    private readonly ImmutableArray<string> outputs;

    internal BoundRun(InferenceSession session, ImmutableArray<string> inputs, List<FedValue> values, ImmutableArray<string> outputs)
    {
        this.session = session;
        this.inputs = inputs;
        this.values = values;
        fed = [.. values.Select(value => value.Value)];
        this.outputs = outputs;
    }

    /// <summary>Runs the model and throws its outputs away.</summary>
    /// <exception cref="OnnxRuntimeException">The run failed.</exception>
    public void Execute() => session.Run(options, inputs, fed, outputs).Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        values.ForEach(value => value.Dispose());
        options.Dispose();
    }
}

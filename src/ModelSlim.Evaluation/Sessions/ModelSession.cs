using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>A model that is open in ONNX Runtime. Safe to run from several threads at once.</summary>
public sealed class ModelSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly IDisposable? files;

    /// <summary>Takes a session over.</summary>
    /// <param name="session">The session.</param>
    /// <param name="files">Files that it reads as long as it is open.</param>
    internal ModelSession(InferenceSession session, IDisposable? files)
    {
        this.session = session;
        this.files = files;
        Inputs = [.. session.InputNames];
        Outputs = [.. session.OutputNames];
    }

    /// <summary>Names of the inputs, in order.</summary>
    public ImmutableArray<string> Inputs { get; }

    /// <summary>Names of the outputs, in order.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Element types of the outputs as ONNX Runtime infers them, without outputs that are no tensors or hold strings.</summary>
    public ImmutableDictionary<string, ElementType> OutputTypes() => session.OutputMetadata
        .Where(output => output.Value is { OnnxValueType: OnnxValueType.ONNX_TYPE_TENSOR, IsString: false })
        .ToImmutableDictionary(output => output.Key, output => (ElementType)(int)output.Value.ElementDataType, StringComparer.Ordinal);

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">One tensor an input, in order.</param>
    /// <param name="cancellation">Stops the run between two nodes.</param>
    /// <returns>
    /// One tensor an output, null where the output is no tensor or holds strings; or
    /// <see cref="DiagnosticCodes.ModelRunFailed"/> with what ONNX Runtime says.
    /// </returns>
    public Result<TensorData?[]> Run(IReadOnlyList<TensorData> inputs, CancellationToken cancellation) =>
        Run(inputs, (_, tensor) => tensor, cancellation);

    /// <summary>Runs the model once and makes something of each output as it is read, so that not all of them are held whole.</summary>
    /// <param name="inputs">One tensor an input, in order.</param>
    /// <param name="made">What is made of the output of that name.</param>
    /// <param name="cancellation">Stops the run between two nodes.</param>
    /// <returns>Like <see cref="Run(IReadOnlyList{TensorData}, CancellationToken)"/>.</returns>
    public Result<T?[]> Run<T>(IReadOnlyList<TensorData> inputs, Func<string, TensorData, T> made, CancellationToken cancellation)
        where T : class =>
        Read(inputs, (name, value) => Element(value) is null ? null : made(name, FromRuntime(value)), cancellation);

    /// <summary>Runs the model once to look at what its outputs are; elements are copied only where they are asked for.</summary>
    /// <param name="inputs">One tensor an input, in order.</param>
    /// <param name="keeps">Whether the elements of an output of that name, element type and number of elements are asked for.</param>
    /// <param name="cancellation">Stops the run between two nodes.</param>
    /// <returns>Like <see cref="Run(IReadOnlyList{TensorData}, CancellationToken)"/>, an entry an output.</returns>
    public Result<TracedValue?[]> Observe(
        IReadOnlyList<TensorData> inputs, Func<string, ElementType, long, bool> keeps, CancellationToken cancellation) =>
        Read(
            inputs,
            (name, value) => Element(value) is not { } type ? null
                : keeps(name, type, value.GetTensorTypeAndShape().ElementCount) ? TracedValue.Of(FromRuntime(value))
                : new TracedValue(type, ShapeOf(value), null),
            cancellation);

    /// <summary>Binds inputs once, to run the model on them many times without copies.</summary>
    public BoundRun Bind(IReadOnlyList<TensorData> inputs) => new(session, Inputs, [.. inputs.Select(input => new FedValue(input))], Outputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        session.Dispose();
        files?.Dispose();
    }

    private Result<T?[]> Read<T>(
        IReadOnlyList<TensorData> inputs, Func<string, OrtValue, T?> read, CancellationToken cancellation)
        where T : class
    {
        var fed = new List<FedValue>(inputs.Count);
        using var run = new RunOptions();
        using var registration = cancellation.Register(() => run.Terminate = true);
        try
        {
            fed.AddRange(inputs.Select(input => new FedValue(input)));
            using var results = session.Run(run, Inputs, [.. fed.Select(value => value.Value)], Outputs);
            fed.ForEach(value => value.Dispose());
            fed.Clear();
            var values = new T?[results.Count];
            for (var i = 0; i < values.Length; i++)
            {
                // Both copies of all outputs together may be much.
                values[i] = read(Outputs[i], results[i]);
                results[i].Dispose();
            }

            return values;
        }
        catch (OnnxRuntimeException failure)
        {
            cancellation.ThrowIfCancellationRequested();
            return DiagnosticCodes.ModelRunFailed.Says($"ONNX Runtime does not run the model: {RuntimeMessage.Of(failure)}");
        }
        finally
        {
            fed.ForEach(value => value.Dispose());
        }
    }

    // Null where the value is no tensor or holds strings.
    private static ElementType? Element(OrtValue value) =>
        value.OnnxType == OnnxValueType.ONNX_TYPE_TENSOR && value.IsTensor
        && (ElementType)(int)value.GetTensorTypeAndShape().ElementDataType is not ElementType.String and var type
            ? type
            : null;

    private static ImmutableArray<int> ShapeOf(OrtValue value) =>
        [.. value.GetTensorTypeAndShape().Shape.Select(extent => checked((int)extent))];

    private static TensorData FromRuntime(OrtValue value) =>
        new((ElementType)(int)value.GetTensorTypeAndShape().ElementDataType, ShapeOf(value), AlignedBytes.Copy(value.GetTensorMutableRawData()));
}

using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>A model that is open in ONNX Runtime. Safe to run from several threads at once.</summary>
public sealed class ModelSession : IDisposable
{
    private readonly InferenceSession session;

    internal ModelSession(InferenceSession session)
    {
        this.session = session;
        Inputs = [.. session.InputNames];
        Outputs = [.. session.OutputNames];
    }

    /// <summary>Names of the inputs, in order.</summary>
    public ImmutableArray<string> Inputs { get; }

    /// <summary>Names of the outputs, in order.</summary>
    public ImmutableArray<string> Outputs { get; }

    /// <summary>Runs the model once.</summary>
    /// <param name="inputs">One tensor an input, in order.</param>
    /// <param name="cancellation">Stops the run between two nodes.</param>
    /// <returns>
    /// One tensor an output, null where the output is no tensor or holds strings; or
    /// <see cref="DiagnosticCodes.ModelRunFailed"/> with what ONNX Runtime says.
    /// </returns>
    public Result<TensorData?[]> Run(IReadOnlyList<TensorData> inputs, CancellationToken cancellation)
    {
        var fed = new List<OrtValue>(inputs.Count);
        using var run = new RunOptions();
        using var registration = cancellation.Register(() => run.Terminate = true);
        try
        {
            foreach (var input in inputs)
            {
                fed.Add(ToRuntime(input));
            }

            using var results = session.Run(run, Inputs, fed, Outputs);
            return results.Select(FromRuntime).ToArray();
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

    /// <summary>Binds inputs once, to run the model on them many times without copies.</summary>
    public BoundRun Bind(IReadOnlyList<TensorData> inputs) => new(session, Inputs, [.. inputs.Select(ToRuntime)], Outputs);

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();

    private static OrtValue ToRuntime(TensorData tensor)
    {
        var shape = tensor.Shape.Select(extent => (long)extent).ToArray();
        var value = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, (Microsoft.ML.OnnxRuntime.Tensors.TensorElementType)(int)tensor.Type, shape);
        tensor.Bytes.Span.CopyTo(value.GetTensorMutableRawData());
        return value;
    }

    private static TensorData? FromRuntime(OrtValue value)
    {
        if (value.OnnxType != OnnxValueType.ONNX_TYPE_TENSOR || !value.IsTensor)
        {
            return null;
        }

        var description = value.GetTensorTypeAndShape();
        var type = (ElementType)(int)description.ElementDataType;
        return type == ElementType.String
            ? null
            : new TensorData(type, [.. description.Shape.Select(extent => checked((int)extent))], value.GetTensorMutableRawData().ToArray());
    }
}

using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels;

/// <summary>Runs models in ONNX Runtime.</summary>
public static class OnnxRuntimeOracle
{
    /// <summary>Outputs of a case; flags and integers as numbers.</summary>
    public static IReadOnlyList<(long[] Shape, float[] Values)> Run(KernelCase sample) => RunAll(
        new OnnxModel(sample.Graph, new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "case" } }), sample.Inputs);

    /// <summary>First output of a model.</summary>
    public static (long[] Shape, float[] Values) Run(OnnxModel model, IReadOnlyList<TensorData> inputs) => RunAll(model, inputs)[0];

    /// <summary>Outputs of a model; flags and integers as numbers.</summary>
    public static IReadOnlyList<(long[] Shape, float[] Values)> RunAll(OnnxModel model, IReadOnlyList<TensorData> inputs)
    {
        using var session = new InferenceSession(new OnnxWriter().Write(model));
        var fed = inputs.Select((input, index) => (
            model.Graph.Inputs[index].Name, Value: ValueOf(input, model.Graph.Inputs[index].Type))).ToDictionary(pair => pair.Name, pair => pair.Value);
        using var options = new RunOptions();
        using var outputs = session.Run(options, fed, [.. model.Graph.Outputs.Select(output => output.Name)]);
        foreach (var input in fed.Values)
        {
            input.Dispose();
        }

        return [.. outputs.Select(output => (output.GetTensorTypeAndShape().Shape, Numbers(output)))];
    }

    private static OrtValue ValueOf(TensorData input, ElementType type)
    {
        long[] shape = [.. input.Shape.Select(extent => (long)extent)];
        return type == ElementType.Float16
            ? OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(input.ToSingles(), number => (Float16)number), shape)
            : OrtValue.CreateTensorValueFromMemory(input.ToSingles(), shape);
    }

    private static float[] Numbers(OrtValue output) => output.GetTensorTypeAndShape().ElementDataType switch
    {
        TensorElementType.Bool => Array.ConvertAll(output.GetTensorDataAsSpan<bool>().ToArray(), flag => flag ? 1f : 0f),
        TensorElementType.UInt8 => Array.ConvertAll(output.GetTensorDataAsSpan<byte>().ToArray(), number => (float)number),
        TensorElementType.Int64 => Array.ConvertAll(output.GetTensorDataAsSpan<long>().ToArray(), number => (float)number),
        TensorElementType.Int32 => Array.ConvertAll(output.GetTensorDataAsSpan<int>().ToArray(), number => (float)number),
        TensorElementType.Double => Array.ConvertAll(output.GetTensorDataAsSpan<double>().ToArray(), number => (float)number),
        TensorElementType.Float16 => Array.ConvertAll(output.GetTensorDataAsSpan<Float16>().ToArray(), number => (float)number),
        _ => output.GetTensorDataAsSpan<float>().ToArray(),
    };
}

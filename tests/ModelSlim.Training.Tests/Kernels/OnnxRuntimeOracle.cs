using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels;

/// <summary>Runs models in ONNX Runtime.</summary>
public static class OnnxRuntimeOracle
{
    /// <summary>First output of a case.</summary>
    public static (long[] Shape, float[] Values) Run(KernelCase sample) => Run(
        new OnnxModel(sample.Graph, new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "case" } }), sample.Inputs);

    /// <summary>First output of a model.</summary>
    public static (long[] Shape, float[] Values) Run(OnnxModel model, IReadOnlyList<TensorData> inputs)
    {
        using var session = new InferenceSession(new OnnxWriter().Write(model));
        var fed = inputs.Select((input, index) => (
            model.Graph.Inputs[index].Name,
            Value: OrtValue.CreateTensorValueFromMemory(input.ToSingles(), [.. input.Shape.Select(extent => (long)extent)])))
            .ToDictionary(pair => pair.Name, pair => pair.Value);
        using var options = new RunOptions();
        using var outputs = session.Run(options, fed, [model.Graph.Outputs[0].Name]);
        foreach (var input in fed.Values)
        {
            input.Dispose();
        }

        return (outputs[0].GetTensorTypeAndShape().Shape, outputs[0].GetTensorDataAsSpan<float>().ToArray());
    }
}

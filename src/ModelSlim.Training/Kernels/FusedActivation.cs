using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>The activation that ONNX Runtime fuses into a node: <c>activation</c> with its parameters.</summary>
internal static class FusedActivation
{
    /// <summary>Why it cannot be applied; null where it can.</summary>
    public static string? Refuse(Node node) => Name(node) is "" or "Relu" or "Sigmoid" or "Tanh" or "LeakyRelu" or "Clip" or "HardSigmoid"
        ? null
        : $"it has the activation {Name(node)}";

    /// <summary>Applies it.</summary>
    public static Tensor Of(Node node, Tensor value) => Name(node) switch
    {
        "Relu" => value.relu(),
        "Sigmoid" => value.sigmoid(),
        "Tanh" => value.tanh(),
        "LeakyRelu" => value.leaky_relu(Parameter(node, "alpha", 0, 0.01f)),
        "Clip" => value.clamp(Parameter(node, "min", 0, float.MinValue), Parameter(node, "max", 1, float.MaxValue)),
        "HardSigmoid" => value.mul(Parameter(node, "alpha", 0, 0.2f)).add(Parameter(node, "beta", 1, 0.5f)).clamp(0, 1),
        _ => value,
    };

    private static string Name(Node node) => node.GetText("activation", "");

    // FusedConv lists parameters in activation_params; FusedGemm has an attribute for each.
    private static float Parameter(Node node, string name, int place, float otherwise) =>
        node.Attributes.GetValueOrDefault("activation_params") is AttributeValue.Floats { Values: var values } && place < values.Length
            ? values[place]
            : node.GetFloat($"activation_{name}", otherwise);
}

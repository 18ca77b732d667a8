using ModelSlim.Core.Graphs;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>The activations of a recurrent node: <c>activations</c>, <c>activation_alpha</c>, <c>activation_beta</c>.</summary>
internal sealed class GateActivation
{
    private readonly Func<Tensor, Tensor>[] functions;

    /// <summary>Reads them.</summary>
    /// <param name="node">LSTM, GRU or RNN.</param>
    /// <param name="defaults">Names that count for each direction where the node has none.</param>
    /// <param name="directions">Number of directions.</param>
    public GateActivation(Node node, string[] defaults, int directions)
    {
        var names = Names(node, defaults, directions);
        var alphas = new Queue<float>(Floats(node, "activation_alpha"));
        var betas = new Queue<float>(Floats(node, "activation_beta"));
        functions = [.. names.Select(name => Function(name, alphas, betas))];
    }

    /// <summary>True where every activation is known.</summary>
    public static bool Knows(Node node) => Names(node, [], 0).All(name =>
        name.ToLowerInvariant() is "sigmoid" or "tanh" or "relu" or "hardsigmoid" or "affine" or "leakyrelu" or "elu" or "softsign" or "softplus");

    /// <summary>Applies one.</summary>
    /// <param name="place">Its place in the list: all of the first direction, then all of the second.</param>
    /// <param name="value">What it is applied to.</param>
    public Tensor Apply(int place, Tensor value) => functions[place](value);

    private static string[] Names(Node node, string[] defaults, int directions) =>
        node.Attributes.GetValueOrDefault("activations") is AttributeValue.Texts { Values: var values }
            ? [.. values]
            : [.. Enumerable.Repeat(defaults, directions).SelectMany(name => name)];

    private static float[] Floats(Node node, string attribute) =>
        node.Attributes.GetValueOrDefault(attribute) is AttributeValue.Floats { Values: var values } ? [.. values] : [];

    // Parameters are listed for those activations that have some, in their order.
    private static Func<Tensor, Tensor> Function(string name, Queue<float> alphas, Queue<float> betas)
    {
        float Next(Queue<float> queue, float otherwise) => queue.TryDequeue(out var number) ? number : otherwise;
        switch (name.ToLowerInvariant())
        {
            case "sigmoid":
                return value => value.sigmoid();
            case "relu":
                return value => value.relu();
            case "softsign":
                return value => value.div(value.abs().add(1));
            case "softplus":
                return value => value.softplus();
            case "hardsigmoid":
                var (slope, middle) = (Next(alphas, 0.2f), Next(betas, 0.5f));
                return value => value.mul(slope).add(middle).clamp(0, 1);
            case "affine":
                var (factor, addend) = (Next(alphas, 1), Next(betas, 0));
                return value => value.mul(factor).add(addend);
            case "leakyrelu":
                var leak = Next(alphas, 0.01f);
                return value => value.leaky_relu(leak);
            case "elu":
                var limit = Next(alphas, 1);
                return value => value.elu(limit);
            default:
                return value => value.tanh();
        }
    }
}

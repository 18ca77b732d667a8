using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Training.Kernels;

/// <summary>The kernels, by operator domain and name.</summary>
public sealed class KernelRegistry
{
    private readonly ImmutableSortedDictionary<string, Kernel> byName;

    /// <summary>Makes a registry.</summary>
    public KernelRegistry(IEnumerable<Kernel> kernels)
    {
        Kernels = [.. kernels];
        byName = Kernels
            .SelectMany(kernel => kernel.OpTypes.Select(name => KeyValuePair.Create(Key(kernel.Domain, name), kernel)))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every kernel that ModelSlim ships.</summary>
    public static KernelRegistry Standard { get; } = new(
    [
        new AveragePool(),
        new BatchNormalization(),
        new Broadcast(),
        new Clip(),
        new Concat(),
        new Conv(),
        new Dropout(),
        new Flatten(),
        new Gemm(),
        new GlobalAveragePool(),
        new HardSigmoid(),
        new HardSwish(),
        new Identity(),
        new LeakyRelu(),
        new MatMul(),
        new MaxPool(),
        new Relu(),
        new Reshape(),
        new Sigmoid(),
        new Softmax(),
        new Squeeze(),
        new Transpose(),
        new Unsqueeze(),
    ]);

    /// <summary>The kernels, each once.</summary>
    public ImmutableArray<Kernel> Kernels { get; }

    /// <summary>The kernel of a node, or null where there is none.</summary>
    public Kernel? Find(Node node) => byName.GetValueOrDefault(Key(node.Domain, node.OpType));

    private static string Key(string domain, string opType) => $"{(domain == "ai.onnx" ? "" : domain)}:{opType}";
}

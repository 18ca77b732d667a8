using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Training.Modules;

/// <summary>
/// An ONNX graph that runs in torch, kernel by kernel. Its parameters are the graph's float constants that kernels learn.
/// </summary>
public sealed class GraphModule : IDisposable
{
    private readonly GraphProgram program;
    private readonly ScalarType type;
    private readonly Tensor?[] constants;
    private readonly bool channelsLast;

    /// <summary>Copies the constants of a program into tensors.</summary>
    /// <param name="program">What to run.</param>
    /// <param name="type">Element type of every floating-point value: float32 or, to check gradients, float64.</param>
    public GraphModule(GraphProgram program, ScalarType type = ScalarType.Float32)
    {
        this.program = program;
        this.type = type;
        constants = new Tensor?[program.Values.Length];
        channelsLast = ChannelsLast.Suits(program);
        foreach (var constant in program.Constants)
        {
            using var scope = NewDisposeScope();
            var tensor = TensorOf(constant.Tensor);
            constants[constant.Value] =
                (channelsLast && constant.Role == InputRole.Weight ? ChannelsLast.Of(tensor) : tensor).DetachFromDisposeScope();
        }

        Parameters = Select(InputRole.Weight);
        Statistics = Select(InputRole.Statistic);
        foreach (var parameter in Parameters.Values)
        {
            parameter.requires_grad_();
        }
    }

    /// <summary>What training changes, by the name of the constant. The module owns the tensors.</summary>
    public ImmutableSortedDictionary<string, Tensor> Parameters { get; }

    /// <summary>Stored statistics, such as running means, by the name of the constant. The module owns the tensors.</summary>
    public ImmutableSortedDictionary<string, Tensor> Statistics { get; }

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">
    /// A tensor for each input of the graph, [B, ...] where it has an axis of samples; the caller keeps them. Where the graph takes integers or truth values, real
    /// numbers are made such.
    /// </param>
    /// <param name="mode">As the app runs it, or as it is trained.</param>
    /// <param name="capture">Sees every computed value; null where nobody looks.</param>
    /// <param name="samples">Samples in this run; null where they are along the first axis of the first input.</param>
    /// <returns>A tensor for each output, in the current dispose scope.</returns>
    /// <exception cref="NodeFailedException">A node cannot run on these inputs.</exception>
    public ImmutableArray<Tensor> Run(IReadOnlyList<Tensor> inputs, RunMode mode, ValueCapture? capture = null, BatchAxis? samples = null)
    {
        using var scope = NewDisposeScope();
        var batch = samples ?? new BatchAxis(inputs.Count > 0 && inputs[0].dim() > 0 ? inputs[0].shape[0] : 1, program.TracedBatch);
        var values = (Tensor?[])constants.Clone();
        for (var index = 0; index < inputs.Count; index++)
        {
            var given = Typed(inputs[index], program.Graph.Inputs[index].Type);
            values[program.Inputs[index]] = channelsLast ? ChannelsLast.Of(given) : given.alias();
        }

        foreach (var step in program.Steps)
        {
            if (Runs(step, values))
            {
                Run(step, values, step.KeepsStatistics ? RunMode.Inference : mode, batch);
                foreach (var value in step.Outputs.Where(value => value >= 0))
                {
                    capture?.Invoke(program.Values[value], values[value]!);
                }
            }

            foreach (var value in step.Releases)
            {
                values[value]?.Dispose();
                values[value] = null;
            }
        }

        return [.. program.Outputs.Select(output => values[output]!.alias().MoveToOuterDisposeScope())];
    }

    /// <summary>The graph with parameters and statistics as they are now, rounded to the types it stores them in.</summary>
    public Graph ToGraph()
    {
        using var scope = NewDisposeScope();
        var changed = program.Constants
            .Where(constant => constant.Role != InputRole.Setting)
            .ToDictionary(
                constant => constant.Name,
                constant => constant.Tensor.WithSingles(Singles(constants[constant.Value]!)),
                StringComparer.Ordinal);
        var graph = program.Graph;
        return graph with
        {
            Initializers = graph.Initializers.SetItems(changed.Where(pair => graph.Initializers.ContainsKey(pair.Key))),
            Nodes = [.. graph.Nodes.Select(node => node.OpType == "Constant" ? WithValue(node, changed) : node)],
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var constant in constants)
        {
            constant?.Dispose();
        }
    }

    private static Tensor Typed(Tensor given, ElementType wanted) => wanted switch
    {
        _ when !given.is_floating_point() => given,
        ElementType.Bool => given.ne(0),
        ElementType.UInt8 or ElementType.Int8 or ElementType.UInt16 or ElementType.Int16 or ElementType.UInt32 or ElementType.Int32
            or ElementType.UInt64 or ElementType.Int64 => given.to(ScalarType.Int64),
        _ => given,
    };

    private static bool Runs(ProgramStep step, Tensor?[] values)
    {
        foreach (var guard in step.Guards)
        {
            var flag = values[guard.Condition]!;
            if (flag.numel() != 1)
            {
                throw new NodeFailedException(step.Node.Label, new InvalidDataException($"its condition has {flag.numel()} values."));
            }

            if (flag.item<bool>() != guard.Holds)
            {
                return false;
            }
        }

        return true;
    }

    private void Run(ProgramStep step, Tensor?[] values, RunMode mode, BatchAxis batch)
    {
        using var scope = NewDisposeScope();
        var inputs = step.Inputs.Select(value => value < 0 ? null : values[value]).ToArray();
        var call = new KernelCall(step.Node, step.Opset, inputs, mode, batch) { MayOverwrite = step.MayOverwrite, Real = type };
        try
        {
            var results = step.Kernel.RunAll(call);
            for (var output = 0; output < step.Outputs.Length; output++)
            {
                if (step.Outputs[output] is >= 0 and var value)
                {
                    values[value] = results[output]!.MoveToOuterDisposeScope();
                }
            }
        }
        catch (Exception failure) when (failure
            is ExternalException or InvalidDataException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            throw new NodeFailedException(step.Node.Label, failure);
        }
    }

    private static Node WithValue(Node node, Dictionary<string, TensorData> changed)
    {
        if (!changed.TryGetValue(node.Outputs[0], out var tensor))
        {
            return node;
        }

        return node.Attributes.Keys.First(name => name.StartsWith("value", StringComparison.Ordinal)) switch
        {
            "value_float" => node.With("value_float", new AttributeValue.Float(tensor.ToSingles()[0])),
            "value_floats" => node.With("value_floats", new AttributeValue.Floats([.. tensor.ToSingles()])),
            _ => node.With("value", new AttributeValue.Tensor(tensor)),
        };
    }

    private static float[] Singles(Tensor tensor) =>
        tensor.detach().to(ScalarType.Float32).contiguous().data<float>().ToArray();

    private ImmutableSortedDictionary<string, Tensor> Select(InputRole role) => program.Constants
        .Where(constant => constant.Role == role)
        .ToImmutableSortedDictionary(constant => constant.Name, constant => constants[constant.Value]!, StringComparer.Ordinal);

    private Tensor TensorOf(TensorData data)
    {
        long[] shape = [.. data.Shape.Select(extent => (long)extent)];

        // A copy, since torch would keep working in the managed array.
        return data.Type switch
        {
            ElementType.Int64 or ElementType.Int32 => tensor(data.ToInt64s(), shape).clone(),
            ElementType.Bool => tensor(data.Bytes.ToArray(), shape).to(ScalarType.Bool),
            ElementType.UInt8 => tensor(data.Bytes.ToArray(), shape).to(ScalarType.Int64),
            ElementType.Int8 => tensor(Array.ConvertAll(data.Bytes.ToArray(), v => (long)(sbyte)v), shape).clone(),
            _ => tensor(data.ToSingles(), shape, type).clone(),
        };
    }
}

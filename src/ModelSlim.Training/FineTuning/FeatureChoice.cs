using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Exits;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Chooses the values inside a student that are compared with those of its teacher: such that all of the network before them shows in,
/// right before a layer with weights, a few from front to back.
/// </summary>
/// <param name="compiler">Makes graphs ready to run.</param>
internal sealed class FeatureChoice(GraphCompiler compiler)
{
    private const int Most = 4;
    private const int Samples = 3;

    /// <summary>Chooses.</summary>
    /// <param name="student">The student; its first output is what values must lead to.</param>
    /// <param name="teacher">The teacher, with values of the same names.</param>
    /// <param name="samples">Samples to look at their shapes with.</param>
    /// <returns>Names of values that have a row a sample and lie alike in space; none where there are no such.</returns>
    /// <exception cref="NodeFailedException">One of them does not run on a sample.</exception>
    public Result<string[]> Choose(Graph student, Graph teacher, SampleSet samples)
    {
        var (own, others) = (new GraphIndex(student), new GraphIndex(teacher));
        ImmutableArray<string> names = [.. new SeparatingValues().Find(student, student.Outputs[0].Name).Where(name => IsBeforeLayer(own, name) && others.Producer(name) is not null)];
        return names.IsEmpty ? Array.Empty<string>()
            : Shapes(student, names, samples).Then(shapes => Shapes(teacher, names, samples).Then<string[]>(known =>
                Spread([.. names.Where((_, i) => Alike(shapes[i], known[i]))])));
    }

    /// <summary>A graph with more outputs.</summary>
    public static Graph With(Graph graph, IEnumerable<string> names) => graph with
    {
        Outputs = [.. graph.Outputs, .. names.Select(name => new GraphValue(name, ElementType.Float, ImmutableArray<Dimension>.Empty))],
    };

    // What a layer with weights makes is changed where a normalization is opened behind it.
    private static bool IsBeforeLayer(GraphIndex index, string name) =>
        index.Producer(name) is { } maker && !Stored(index, maker, 1) && index.Consumers(name).Any(reader => Stored(index, reader, 2));

    private static bool Stored(GraphIndex index, Node node, int rank) =>
        node.Inputs.Any(input => index.Constant(input) is { IsFloatingPoint: true } tensor && tensor.Shape.Length >= rank);

    private Result<long[][]> Shapes(Graph graph, ImmutableArray<string> names, SampleSet samples) =>
        compiler.Compile(With(graph, names)).Then<long[][]>(program =>
        {
            using var module = BatchedModule.Open(program, samples);
            using var scope = NewDisposeScope();
            using var still = no_grad();
            var inputs = BatchTensors.Of(samples.Read([.. Enumerable.Range(0, Math.Min(Samples, samples.Count))]), samples.Shapes);
            return module.Run(inputs, RunMode.Inference).Skip(graph.Outputs.Length).Select(value => value.is_floating_point() && value.dim() > 1 && value.shape[0] == inputs[0].shape[0] ? value.shape : []).ToArray();
        });

    private static bool Alike(long[] one, long[] other) =>
        one.Length > 0 && one.Length == other.Length && one.AsSpan(2).SequenceEqual(other.AsSpan(2)) && (one[1] == other[1] || one.Skip(2).Any(extent => extent > 1));

    private static string[] Spread(string[] names) => names.Length <= Most
        ? names
        : [.. Enumerable.Range(1, Most).Select(i => names[(i * names.Length / Most) - 1])];
}

using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Runs a model piece by piece over a set of samples and keeps the values between the pieces, so that weights of the nodes
/// ahead can still be changed. Each node runs once.
/// </summary>
internal sealed class GraphWalk
{
    private readonly SessionFactory sessions;
    private readonly OnnxModel model;
    private readonly GraphIndex index;
    private readonly ImmutableArray<Node> nodes;
    private readonly Dictionary<string, int> lastRead = new(StringComparer.Ordinal);
    private readonly HashSet<string> outputs;
    private readonly Dictionary<string, TensorData> constants;
    private readonly Dictionary<string, int> pins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorData>[] chunks;
    private readonly int threads;

    /// <summary>Starts before the first node.</summary>
    /// <param name="sessions">Opens models.</param>
    /// <param name="model">The model.</param>
    /// <param name="chunks">Samples, a few at a time: for each chunk one tensor a model input, in order.</param>
    /// <param name="threads">How many chunks run at once; does not change any value.</param>
    public GraphWalk(SessionFactory sessions, OnnxModel model, IReadOnlyList<ImmutableArray<TensorData>> chunks, int threads)
    {
        this.sessions = sessions;
        this.model = model;
        this.threads = threads;
        index = new GraphIndex(model.Graph);
        constants = new Dictionary<string, TensorData>(index.Constants, StringComparer.Ordinal);
        nodes = [.. model.Graph.Nodes.Where(node => !node.Outputs.Any(constants.ContainsKey))];
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var used in GraphIndex.Captured(nodes[i]))
            {
                lastRead[used] = i;
            }
        }

        outputs = model.Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);

        this.chunks =
        [
            .. chunks.Select(chunk => model.Graph.Inputs
                .Zip(chunk, (input, tensor) => KeyValuePair.Create(input.Name, tensor))
                .ToDictionary(StringComparer.Ordinal)),
        ];
    }

    /// <summary>Number of chunks.</summary>
    public int Chunks => chunks.Length;

    /// <summary>Number of nodes that have run.</summary>
    public int Position { get; private set; }

    /// <summary>The place behind the last node.</summary>
    public int End => nodes.Length;

    /// <summary>Names of the model's outputs that are tensors of real numbers; the walk has come to its end.</summary>
    public IEnumerable<string> RealOutputs => outputs.Order(StringComparer.Ordinal).Where(name =>
        chunks.All(chunk => (chunk.GetValueOrDefault(name) ?? constants.GetValueOrDefault(name)) is { IsFloatingPoint: true }));

    /// <summary>The place of the node that makes a value; -1 for inputs and constants.</summary>
    public int Place(string value) => index.Producer(value) is { } node ? nodes.IndexOf(node) : -1;

    /// <summary>The place of a node.</summary>
    public int Place(Node node) => nodes.IndexOf(node);

    /// <summary>Keeps a value until as many calls of <see cref="Release"/>, though no node may need it any more.</summary>
    public void Pin(string value) => pins[value] = pins.GetValueOrDefault(value) + 1;

    /// <summary>Lets go of a pinned value.</summary>
    public void Release(string value)
    {
        if (--pins[value] == 0)
        {
            pins.Remove(value);
            Forget();
        }

    }

    /// <summary>Changes a constant for the nodes that have not run yet.</summary>
    public void Replace(string constant, TensorData tensor) => constants[constant] = tensor;

    /// <summary>True where a value is there, computed and still kept or constant.</summary>
    public bool Has(string value) => chunks[0].ContainsKey(value) || constants.ContainsKey(value);

    /// <summary>A value that has been computed and is still kept.</summary>
    public TensorData Value(int chunk, string value) =>
        chunks[chunk].TryGetValue(value, out var tensor) ? tensor : constants[value];

    /// <summary>True where a value that is kept has the same shape in every chunk.</summary>
    public bool IsSteady(string value) =>
        Enumerable.Range(1, Chunks - 1).All(chunk => Value(chunk, value).Shape.SequenceEqual(Value(0, value).Shape));

    /// <summary>Runs the nodes before place <paramref name="end"/> that have not run.</summary>
    /// <returns>
    /// This walk; or why ONNX Runtime could not run the piece, or that a value between pieces is no tensor of numbers
    /// (<see cref="DiagnosticCodes.RepairSkipped"/>). An output of the model that is none is left out.
    /// </returns>
    public Result<GraphWalk> AdvanceTo(int end, CancellationToken cancellation)
    {
        if (end <= Position)
        {
            return this;
        }

        var piece = nodes[Position..end];
        var made = piece.SelectMany(node => node.Outputs).Where(o => o.Length > 0).ToHashSet(StringComparer.Ordinal);
        var needed = piece.SelectMany(GraphIndex.Captured).Distinct(StringComparer.Ordinal).ToArray();
        var fed = needed.Where(name => !made.Contains(name) && chunks[0].ContainsKey(name)).ToArray();
        var wanted = made.Where(name => IsKept(name, end))
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (wanted.Length == 0)
        {
            Position = end;
            return this;
        }

        var part = new Graph
        {
            Inputs = [.. fed.Select(name => new GraphValue(name, chunks[0][name].Type, AnyShape(chunks[0][name])))],
            Outputs = [.. wanted.Select(name => new GraphValue(name, ElementType.Undefined, default))],
            Nodes = piece,
            Initializers = needed.Where(constants.ContainsKey)
                .ToImmutableDictionary(name => name, name => constants[name], StringComparer.Ordinal),
            Opsets = model.Graph.Opsets,
        };
        return sessions.Open(Submodel.Of(model, part), new SessionSettings { Portable = true }).Then(session =>
        {
            using (session)
            {
                return Run(session, fed, wanted, end, cancellation);
            }
        });
    }

    private Result<GraphWalk> Run(ModelSession session, string[] fed, string[] wanted, int end, CancellationToken cancellation)
    {
        var results = new Result<TensorData?[]>[chunks.Length];
        Parallel.For(0, chunks.Length, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
            results[i] = session.Run([.. fed.Select(name => chunks[i][name])], cancellation));
        for (var i = 0; i < chunks.Length; i++)
        {
            if (!results[i].Succeeded)
            {
                return Result<GraphWalk>.Failed(results[i].Diagnostics);
            }

            for (var j = 0; j < wanted.Length; j++)
            {
                if (results[i].Value![j] is { } tensor)
                {
                    chunks[i][wanted[j]] = tensor;
                }
                else if (lastRead.GetValueOrDefault(wanted[j], -1) >= end)
                {
                    return DiagnosticCodes.RepairSkipped.Says(
                        $"value '{wanted[j]}' is no tensor of numbers, so the model cannot be run in pieces; the weights stay as cutting left them");
                }
            }
        }

        Position = end;
        Forget();
        return this;
    }

    private void Forget()
    {
        foreach (var chunk in chunks)
        {
            foreach (var name in chunk.Keys.Where(name => !IsKept(name, Position)).ToArray())
            {
                chunk.Remove(name);
            }
        }
    }

    private bool IsKept(string value, int position) =>
        pins.ContainsKey(value) || outputs.Contains(value) || lastRead.GetValueOrDefault(value, -1) >= position;

    private static ImmutableArray<Dimension> AnyShape(TensorData tensor) =>
        [.. tensor.Shape.Select(_ => new Dimension(null, null))];
}

using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// Puts BatchNormalization back where an exporter folded it into a convolution, and folds it again after training. A
/// network that was trained with it has, behind each convolution, mean b and standard deviation |g| on its training data; so
/// scale and shift come back from the activations (Ioffe and Szegedy 2015), and until training begins nothing changes.
/// </summary>
internal sealed class BatchNormReinsertion
{
    /// <summary>Added to variances.</summary>
    public const float Epsilon = 1e-5f;

    /// <summary>The convolutions that can take one: with a bias to fold it into, and with another layer behind them.</summary>
    public ImmutableArray<FoldedBatchNorm> Find(Graph graph)
    {
        var index = new GraphIndex(graph);
        var followed = LeadToLayers(graph);
        var uses = graph.Nodes.SelectMany(GraphIndex.Captured).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. graph.Nodes
                .Where(node => node.OpType == "Conv" && node.Domain.Length == 0 && followed.Contains(node.Outputs[0])
                    && graph.Initializers.ContainsKey(node.Input(1)) && uses[node.Inputs[1]] == 1
                    && graph.Initializers.ContainsKey(node.Input(2)) && uses[node.Inputs[2]] == 1
                    && !index.IsOutput(node.Outputs[0])
                    && !index.Consumers(node.Outputs[0]).Any(next => next.OpType == "BatchNormalization"))
                .Select(node => new FoldedBatchNorm(node.Inputs[1], node.Inputs[2], node.Outputs[0] + "/conv", node.Outputs[0])),
        ];
    }

    /// <summary>The graph with normalizations that change nothing yet.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="places">Where to put them.</param>
    /// <param name="moments">For each of them mean and variance of each channel of the convolution's output, [C].</param>
    public Graph Insert(
        Graph graph, ImmutableArray<FoldedBatchNorm> places, IReadOnlyDictionary<string, (float[] Mean, float[] Variance)> moments)
    {
        var byOutput = places.ToDictionary(place => place.Output, StringComparer.Ordinal);
        var initializers = graph.Initializers.ToBuilder();
        var nodes = ImmutableArray.CreateBuilder<Node>();
        foreach (var node in graph.Nodes)
        {
            if (node.OpType != "Conv" || !byOutput.TryGetValue(node.Outputs[0], out var place))
            {
                nodes.Add(node);
                continue;
            }

            var (mean, variance) = moments[place.Output];
            Store(place.Scale, [.. variance.Select(v => MathF.Sqrt(v + Epsilon))]);
            Store(place.Shift, mean);
            Store(place.Mean, mean);
            Store(place.Variance, variance);
            nodes.Add(node with { Outputs = [place.Inner] });
            nodes.Add(new Node
            {
                Name = place.Output + "/bn",
                OpType = "BatchNormalization",
                Inputs = [place.Inner, place.Scale, place.Shift, place.Mean, place.Variance],
                Outputs = [place.Output],
            }.With("epsilon", new AttributeValue.Float(Epsilon)));
        }

        return graph with { Nodes = nodes.ToImmutable(), Initializers = initializers.ToImmutable() };

        void Store(string name, float[] values) => initializers[name] = TensorData.From([values.Length], values);
    }

    /// <summary>The original graph with weights and biases that do what convolution and normalization do together.</summary>
    /// <param name="original">The graph before <see cref="Insert"/>.</param>
    /// <param name="trained">The graph after training.</param>
    /// <param name="places">Where the normalizations are.</param>
    public Graph Fold(Graph original, Graph trained, ImmutableArray<FoldedBatchNorm> places)
    {
        var folded = trained.Initializers.Where(entry => original.Initializers.ContainsKey(entry.Key))
            .ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        foreach (var place in places)
        {
            var scale = trained.Initializers[place.Scale].ToSingles();
            var shift = trained.Initializers[place.Shift].ToSingles();
            var mean = trained.Initializers[place.Mean].ToSingles();
            var variance = trained.Initializers[place.Variance].ToSingles();
            var weight = trained.Initializers[place.Weight].ToSingles();
            var bias = trained.Initializers[place.Bias].ToSingles();
            var filter = weight.Length / scale.Length;
            for (var channel = 0; channel < scale.Length; channel++)
            {
                var factor = scale[channel] / Math.Sqrt((double)variance[channel] + Epsilon);
                for (var i = channel * filter; i < (channel + 1) * filter; i++)
                {
                    weight[i] = (float)(weight[i] * factor);
                }

                bias[channel] = (float)(shift[channel] + ((bias[channel] - (double)mean[channel]) * factor));
            }

            folded[place.Weight] = original.Initializers[place.Weight].WithSingles(weight);
            folded[place.Bias] = original.Initializers[place.Bias].WithSingles(bias);
        }

        var constants = trained.Nodes.Where(node => node.OpType == "Constant")
            .ToDictionary(node => node.Outputs[0], StringComparer.Ordinal);
        return original with
        {
            Initializers = original.Initializers.SetItems(folded),
            Nodes = [.. original.Nodes.Select(node => node.OpType == "Constant" ? constants.GetValueOrDefault(node.Outputs[0], node) : node)],
        };
    }

    // Values that some later layer with weights depends on: the others belong to the head.
    private static HashSet<string> LeadToLayers(Graph graph)
    {
        var followed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Reverse())
        {
            if (node.OpType is "Conv" or "Gemm" or "MatMul" or "ConvTranspose" || node.Outputs.Any(followed.Contains))
            {
                followed.UnionWith(GraphIndex.Captured(node));
            }
        }

        return followed;
    }
}

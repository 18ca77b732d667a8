using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>
/// Sizes to run a model's inputs at: what the recipe says, what the file fixes, and usual sizes for what neither knows.
/// </summary>
internal sealed class InputSizes
{
    private static readonly int[] Pictures = [224, 256, 128, 320, 64, 32, 640, 28, 512];
    private static readonly int[] Sequences = [16, 32, 64, 128, 256, 512, 8, 1];
    private static readonly int Attempts = Math.Max(Pictures.Length, Sequences.Length);

    /// <summary>Shapes by input name, the likeliest first. Dimensions of the same symbol have the same size.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="given">Sizes from the recipe, by input name.</param>
    /// <returns>At least one choice, or <see cref="DiagnosticCodes.InputSizesWrong"/>.</returns>
    public Result<ImmutableArray<int>[][]> Choose(Graph graph, IReadOnlyDictionary<string, ImmutableArray<int>> given)
    {
        if (Mismatch(graph, given) is { } mismatch)
        {
            return mismatch;
        }

        var bound = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var input in graph.Inputs.Where(i => !i.Shape.IsDefault && given.ContainsKey(i.Name)))
        {
            for (var axis = 0; axis < input.Shape.Length; axis++)
            {
                if (input.Shape[axis].Symbol is { } symbol)
                {
                    bound[symbol] = given[input.Name][axis];
                }
            }
        }

        var channels = new ChannelGuess(graph);
        var choices = new List<ImmutableArray<int>[]>();
        for (var i = 0; i < 2 * Attempts; i++)
        {
            var (attempt, batchIsSecond) = (i % Attempts, i >= Attempts);
            var taken = new Dictionary<string, int>(bound, StringComparer.Ordinal);
            var choice = graph.Inputs
                .Select(input => given.TryGetValue(input.Name, out var shape) ? shape : Shape(input, taken, channels, attempt, batchIsSecond))
                .ToArray();
            if (!choices.Any(other => Same(other, choice)))
            {
                choices.Add(choice);
            }
        }

        return choices.ToArray();
    }

    private static Diagnostic? Mismatch(Graph graph, IReadOnlyDictionary<string, ImmutableArray<int>> given)
    {
        foreach (var (name, shape) in given.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var input = graph.Inputs.FirstOrDefault(i => i.Name == name);
            if (input is null)
            {
                var names = string.Join(", ", graph.Inputs.Select(i => i.Name));
                return DiagnosticCodes.InputSizesWrong.Says($"inputs names '{name}', but the model's inputs are: {names}.");
            }

            var fits = input.Shape.IsDefault
                || (input.Shape.Length == shape.Length
                    && input.Shape.Zip(shape).All(pair => pair.First.Extent is null || pair.First.Extent == pair.Second));
            if (!fits)
            {
                var declared = string.Join(", ", input.Shape.Select(d => d.Extent?.ToString() ?? d.Symbol ?? "?"));
                return DiagnosticCodes.InputSizesWrong.Says(
                    $"inputs gives '{name}' the sizes [{string.Join(", ", shape)}], but the model declares [{declared}].");
            }
        }

        return null;
    }

    private static ImmutableArray<int> Shape(GraphValue input, Dictionary<string, int> taken, ChannelGuess channels, int attempt, bool batchIsSecond)
    {
        if (input.Shape.IsDefault)
        {
            return [1];
        }

        var shape = ImmutableArray.CreateBuilder<int>(input.Shape.Length);
        for (var axis = 0; axis < input.Shape.Length; axis++)
        {
            var dimension = input.Shape[axis];
            if (dimension.Extent is { } extent)
            {
                shape.Add(extent);
            }
            else if (dimension.Symbol is { } symbol && taken.TryGetValue(symbol, out var same))
            {
                shape.Add(same);
            }
            else
            {
                // The state of a recurrent net is [layers, N, H]: its batch is the second axis.
                var isBatch = batchIsSecond && axis == 1 && input.Shape.Length == 3 && input.Shape[0].Extent is not null;
                var size = isBatch ? 1 : Size(input, axis, channels, attempt);
                shape.Add(size);
                if (dimension.Symbol is { } fresh)
                {
                    taken[fresh] = size;
                }
            }
        }

        return shape.ToImmutable();
    }

    private static int Size(GraphValue input, int axis, ChannelGuess channels, int attempt)
    {
        if (axis == 0)
        {
            return 1;
        }

        if (channels.Of(input.Name, axis) is { } count)
        {
            return count;
        }

        var sizes = input.Shape.Length >= 4 ? Pictures : Sequences;
        var isChannel = input.Shape.Length == 4 && axis == 1;
        return isChannel ? 3 : sizes[Math.Min(attempt, sizes.Length - 1)];
    }

    private static bool Same(ImmutableArray<int>[] one, ImmutableArray<int>[] other) =>
        one.Zip(other).All(pair => pair.First.SequenceEqual(pair.Second));
}

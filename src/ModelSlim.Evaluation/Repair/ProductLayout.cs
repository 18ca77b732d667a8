using System.Collections.Immutable;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Layout of a product of two tensors whose axes are named by letters, as in Einsum: letters of the input and the output are
/// rows, of the weight and the output channels, of the input and the weight columns, of all three groups.
/// </summary>
internal sealed class ProductLayout : LayerLayout
{
    /// <summary>Names an axis of extent 1 that is read over and over.</summary>
    public const char Broadcast = '-';

    private readonly int[] rowInputs;
    private readonly int[] rowOutputs;
    private readonly int[] columnInputs;
    private readonly int[] columnWeights;
    private readonly int[] groupInputs;
    private readonly int[] groupWeights;
    private readonly int[] channelWeights;
    private readonly int[] channelOutputs;

    private ProductLayout(string rows, string columns, string groups, string channels, Operand input, Operand weight, Operand output)
    {
        (rowInputs, rowOutputs) = (input.Offsets(rows), output.Offsets(rows));
        (columnInputs, columnWeights) = (input.Offsets(columns), weight.Offsets(columns));
        (groupInputs, groupWeights) = (input.Offsets(groups), weight.Offsets(groups));
        (channelWeights, channelOutputs) = (weight.Offsets(channels), output.Offsets(groups + channels));
    }

    /// <summary>Lays out a product.</summary>
    /// <param name="input">Letters and shape of the input.</param>
    /// <param name="weight">Letters and shape of the weight.</param>
    /// <param name="output">Letters of the output.</param>
    /// <returns>
    /// The layout; null where a letter stands for two extents, stands in one tensor only, or stands twice in one, and where
    /// groups come after channels in the output.
    /// </returns>
    public static ProductLayout? Of(
        (string Letters, ImmutableArray<int> Shape) input, (string Letters, ImmutableArray<int> Shape) weight, string output)
    {
        if (input.Letters.Length != input.Shape.Length || weight.Letters.Length != weight.Shape.Length
            || !AreDistinct(input.Letters) || !AreDistinct(weight.Letters) || !AreDistinct(output))
        {
            return null;
        }

        var extents = new Dictionary<char, int>();
        foreach (var (letter, extent) in input.Letters.Zip(input.Shape).Concat(weight.Letters.Zip(weight.Shape)))
        {
            if (letter == Broadcast ? extent != 1 : extents.TryAdd(letter, extent) ? false : extents[letter] != extent)
            {
                return null;
            }
        }

        var (x, w) = (input.Letters, weight.Letters);
        var rows = Letters(output, c => x.Contains(c) && !w.Contains(c));
        var channels = Letters(output, c => !x.Contains(c) && w.Contains(c));
        var groups = Letters(output, c => x.Contains(c) && w.Contains(c));
        var columns = Letters(w, c => x.Contains(c) && !output.Contains(c));
        if (columns.Length == 0
            || output.Any(letter => !extents.ContainsKey(letter))
            || (x + w).Any(letter => letter != Broadcast && !(rows + channels + groups + columns).Contains(letter))
            || (groups.Length > 0 && channels.Length > 0 && output.IndexOf(groups[^1]) > output.IndexOf(channels[0])))
        {
            return null;
        }

        int Count(string letters) => letters.Aggregate(1, (product, letter) => checked(product * extents[letter]));
        ImmutableArray<int> shape = [.. output.Select(letter => extents[letter])];
        return new ProductLayout(
            rows, columns, groups, channels, new Operand(x, input.Shape), new Operand(w, weight.Shape), new Operand(output, shape))
        {
            OutputShape = shape,
            ChannelAxes = [.. Enumerable.Range(0, output.Length).Where(axis => w.Contains(output[axis]))],
            Groups = Count(groups),
            Columns = Count(columns),
            Outputs = Count(channels),
            Rows = Count(rows),
        };
    }

    /// <inheritdoc/>
    public override void Under(int row, int group, Span<int> places)
    {
        var first = rowInputs[row] + groupInputs[group];
        for (var k = 0; k < places.Length; k++)
        {
            places[k] = first + columnInputs[k];
        }
    }

    /// <inheritdoc/>
    public override int RowPlace(int row) => rowOutputs[row];

    /// <inheritdoc/>
    public override int ChannelPlace(int channel) => channelOutputs[channel];

    /// <inheritdoc/>
    public override int WeightPlace(int group, int column, int output) =>
        groupWeights[group] + columnWeights[column] + channelWeights[output];

    private static bool AreDistinct(string letters) =>
        letters.Where(letter => letter != Broadcast).Distinct().Count() == letters.Count(letter => letter != Broadcast);

    private static string Letters(string of, Func<char, bool> which) => string.Concat(of.Where(c => c != Broadcast && which(c)));

    private sealed record Operand(string Letters, ImmutableArray<int> Shape)
    {
        /// <summary>Offset of every combination of indices of some axes, the last axis fastest.</summary>
        public int[] Offsets(string letters)
        {
            int[] offsets = [0];
            foreach (var letter in letters)
            {
                var axis = Letters.IndexOf(letter);
                var stride = Shape[(axis + 1)..].Aggregate(1, (product, extent) => checked(product * extent));
                offsets = [.. offsets.SelectMany(offset => Enumerable.Range(0, Shape[axis]).Select(i => offset + (i * stride)))];
            }

            return offsets;
        }
    }
}

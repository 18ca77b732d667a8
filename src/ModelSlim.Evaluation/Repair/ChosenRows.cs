using System.Runtime.InteropServices;
using ModelSlim.Core.Data;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Repair;

/// <summary>Rows of a layer, chosen by the seed, about as many from each chunk of a walk.</summary>
internal sealed class ChosenRows
{
    private readonly int[][] chosen;

    /// <summary>Chooses.</summary>
    /// <param name="chunks">Number of chunks.</param>
    /// <param name="rows">Rows of the layer in each.</param>
    /// <param name="most">About how many rows to take in all.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="name">What the rows are for: each name has a choice of its own.</param>
    public ChosenRows(int chunks, int rows, int most, long seed, string name)
    {
        var each = Math.Max(1, most / chunks);
        chosen = [.. Enumerable.Range(0, chunks).Select(chunk => Choose(rows, each, new SplitMix(seed, $"{name}/{chunk}")))];
    }

    /// <summary>Puts the places of one row in a value into a span.</summary>
    public delegate void Locate(int row, Span<int> places);

    /// <summary>Number of rows.</summary>
    public int Count => CountBefore(chosen.Length);

    /// <summary>Number of rows from the chunks before <paramref name="chunk"/>.</summary>
    public int CountBefore(int chunk) => chosen.Take(chunk).Sum(rows => rows.Length);

    /// <summary>Takes the rows out of a value.</summary>
    /// <param name="walk">Has the value.</param>
    /// <param name="value">Its name.</param>
    /// <param name="columns">Numbers of a row.</param>
    /// <param name="locate">Says where they are; <see cref="LayerLayout.Padding"/> stands for a zero.</param>
    public Rows Take(GraphWalk walk, string value, int columns, Locate locate)
    {
        var rows = Rows.Of(Count, columns);
        var places = new int[columns];
        var next = 0;
        for (var chunk = 0; chunk < chosen.Length; chunk++)
        {
            var tensor = walk.Value(chunk, value);
            var values = tensor.Type == ElementType.Float ? MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span) : tensor.ToSingles();
            foreach (var row in chosen[chunk])
            {
                locate(row, places);
                var target = rows[next++];
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = places[i] == LayerLayout.Padding ? 0 : values[places[i]];
                }
            }
        }

        return rows;
    }

    private static int[] Choose(int count, int wanted, SplitMix random) =>
        wanted >= count ? [.. Enumerable.Range(0, count)] : [.. random.Permutation(count).Take(wanted).Order()];
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ModelSlim.Core.Data;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Takes the rows of a fit out of the walks through both models: what a layer reads, and what is at its goal, at the same
/// places of the same samples.
/// </summary>
internal sealed class SiteSamples
{
    private readonly FitSite site;
    private readonly ConvolutionPatches? patches;
    private readonly ImmutableArray<int> weight;
    private readonly (int Sample, int Place)[][] chosen;

    /// <summary>Chooses the places.</summary>
    /// <param name="site">The layer.</param>
    /// <param name="slim">The walk through the slim model; what the layer reads is there.</param>
    /// <param name="goal">Shape of the goal.</param>
    /// <param name="weight">Shape of the layer's weight in the slim model.</param>
    /// <param name="mostRows">About how many rows to take.</param>
    /// <param name="seed">Seed of the choice.</param>
    public SiteSamples(
        FitSite site, GraphWalk slim, ImmutableArray<int> goal, ImmutableArray<int> weight, int mostRows, long seed)
    {
        this.site = site;
        this.weight = weight;
        var shapes = Enumerable.Range(0, slim.Chunks).Select(chunk => slim.Value(chunk, site.Input).Shape).ToArray();
        if (site.Kind == FitKind.Convolution)
        {
            patches = new ConvolutionPatches(site.Node, shapes[0], goal, weight[2..]);
        }

        var places = patches?.Places ?? (int)TensorData.Count(shapes[0][1..^1]);
        var each = Math.Max(1, mostRows / shapes.Sum(shape => shape[0]));
        chosen = new (int, int)[shapes.Length][];
        for (var chunk = 0; chunk < shapes.Length; chunk++)
        {
            var random = new SplitMix(seed, $"repair/{site.Node.Outputs[0]}/{chunk}");
            chosen[chunk] =
            [
                .. Enumerable.Range(0, shapes[chunk][0]).SelectMany(sample => Choose(places, each, random).Select(place => (sample, place))),
            ];
        }
    }

    /// <summary>Number of rows.</summary>
    public int Count => CountBefore(chosen.Length);

    /// <summary>Number of rows from the chunks before <paramref name="chunk"/>.</summary>
    public int CountBefore(int chunk) => chosen.Take(chunk).Sum(places => places.Length);

    /// <summary>What the layer reads for one convolution group: columns (channel, kernel place), as in the weight.</summary>
    public Rows Features(GraphWalk slim, int group)
    {
        if (patches is null)
        {
            return Values(slim, site.Input, default);
        }

        var channels = weight[1];
        var rows = Rows.Of(Count, channels * patches.Taps);
        var row = 0;
        for (var chunk = 0; chunk < chosen.Length; chunk++)
        {
            var tensor = slim.Value(chunk, site.Input);
            var values = MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span);
            foreach (var (sample, place) in chosen[chunk])
            {
                var first = ((sample * tensor.Shape[1]) + (group * channels)) * patches.InputPlaces;
                var under = patches.Under(place);
                var target = rows[row++];
                for (var i = 0; i < target.Length; i++)
                {
                    var (channel, tap) = Math.DivRem(i, under.Length);
                    target[i] = under[tap] == ConvolutionPatches.Padding
                        ? 0
                        : values[first + (channel * patches.InputPlaces) + under[tap]];
                }
            }
        }

        return rows;
    }

    /// <summary>All channels that the layer reads, at one input place for each row: under the middle of the kernel.</summary>
    public Rows Channels(GraphWalk walk)
    {
        var channels = walk.Value(0, site.Input).Shape[1];
        return Take(walk, site.Input, [.. Enumerable.Range(0, channels)], patches!.InputPlaces, place => patches.Middle(place));
    }

    /// <summary>A value that has the goal's places, at the rows' places.</summary>
    /// <param name="walk">Where the value is.</param>
    /// <param name="value">Its name.</param>
    /// <param name="channels">Which of its channels; default takes all.</param>
    public Rows Values(GraphWalk walk, string value, ImmutableArray<int> channels)
    {
        var shape = walk.Value(0, value).Shape;
        channels = channels.IsDefault ? [.. Enumerable.Range(0, shape[site.ChannelAxis(shape)])] : channels;
        return Take(walk, value, channels, patches?.Places ?? 1, place => place);
    }

    private Rows Take(GraphWalk walk, string value, ImmutableArray<int> channels, int places, Func<int, int> at)
    {
        var rows = Rows.Of(Count, channels.Length);
        var row = 0;
        for (var chunk = 0; chunk < chosen.Length; chunk++)
        {
            var tensor = walk.Value(chunk, value);
            var values = MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span);
            var perSample = (int)TensorData.Count(tensor.Shape[1..]);
            var all = tensor.Shape[site.ChannelAxis(tensor.Shape)];
            foreach (var (sample, place) in chosen[chunk])
            {
                // Channels come before places for convolutions, after them for products.
                var first = (sample * perSample) + (patches is null ? place * all : at(place));
                var step = patches is null ? 1 : places;
                var target = rows[row++];
                for (var i = 0; i < target.Length; i++)
                {
                    target[i] = values[first + (channels[i] * step)];
                }
            }
        }

        return rows;
    }

    private static IEnumerable<int> Choose(int count, int wanted, SplitMix random) =>
        wanted >= count ? Enumerable.Range(0, count) : random.Permutation(count).Take(wanted).Order();
}

using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.Sparsity;

/// <summary>The parts of some parameters that belong to each channel of a group.</summary>
internal sealed class ChannelSlices
{
    private readonly ImmutableArray<(string Parameter, int Axis, long[] Places, long[] Owners)> parts;

    private ChannelSlices(int channels, ImmutableArray<(string Parameter, int Axis, long[] Places, long[] Owners)> parts)
    {
        Channels = channels;
        this.parts = parts;
    }

    /// <summary>Number of channels.</summary>
    public int Channels { get; }

    /// <summary>True where no parameter belongs to the channels.</summary>
    public bool IsEmpty => parts.IsEmpty;

    /// <summary>Finds them.</summary>
    /// <param name="group">The group.</param>
    /// <param name="parameters">For each member of the group that counts: its place, and the axis of a parameter that is indexed like it.</param>
    public static ChannelSlices Of(ChannelGroup group, IEnumerable<(int Member, string Parameter, int Axis)> parameters) => new(
        group.Channels,
        [
            .. parameters.Select(part =>
            {
                var places = group.Places.SelectMany((byMember, channel) => byMember[part.Member].Select(place => (Place: (long)place, Owner: (long)channel))).ToArray();
                return (part.Parameter, part.Axis, Array.ConvertAll(places, pair => pair.Place), Array.ConvertAll(places, pair => pair.Owner));
            }),
        ]);

    /// <summary>For each channel the length of the vector of all its numbers.</summary>
    public double[] Lengths(GraphModule module) => Array.ConvertAll(Sums(module, values => values.detach().to(ScalarType.Float64).square()), Math.Sqrt);

    /// <summary>
    /// For each channel the sum of its numbers times their gradients: the derivative by a factor on all of them, where it is 1.
    /// Numbers without a gradient count as 0.
    /// </summary>
    public double[] GateGradients(GraphModule module) =>
        Sums(module, values => values.grad is { } gradient ? values.detach().to(ScalarType.Float64) * gradient : null);

    /// <summary>Multiplies all numbers of each channel by its factor.</summary>
    public void Multiply(GraphModule module, double[] factors)
    {
        if (Array.TrueForAll(factors, factor => factor == 1))
        {
            return;
        }

        foreach (var (parameter, axis, places, owners) in parts)
        {
            using var scope = NewDisposeScope();
            var values = module.Parameters[parameter];
            var row = new float[values.shape[axis]];
            Array.Fill(row, 1);
            for (var i = 0; i < places.Length; i++)
            {
                row[places[i]] = (float)factors[owners[i]];
            }

            long[] shape = [row.Length, .. Enumerable.Repeat(1L, (int)values.dim() - axis - 1)];
            values.mul_(tensor(row, shape));
        }
    }

    // For each channel the sum over its parts of what a parameter is made into, element by element; nothing where that is null.
    private double[] Sums(GraphModule module, Func<Tensor, Tensor?> change)
    {
        var sums = new double[Channels];
        foreach (var (parameter, axis, places, owners) in parts)
        {
            using var scope = NewDisposeScope();
            if (change(module.Parameters[parameter]) is not { } changed)
            {
                continue;
            }

            var rows = changed.transpose(0, axis).reshape(changed.shape[axis], -1).sum(1).data<double>().ToArray();
            for (var i = 0; i < places.Length; i++)
            {
                sums[owners[i]] += rows[places[i]];
            }
        }

        return sums;
    }
}

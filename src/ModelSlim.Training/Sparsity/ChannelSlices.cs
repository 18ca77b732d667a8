using System.Collections.Immutable;
using ModelSlim.Core.Dependencies;
using ModelSlim.Training.Modules;
using static TorchSharp.torch;

namespace ModelSlim.Training.Sparsity;

/// <summary>The parts of some parameters that belong to each channel of a group.</summary>
internal sealed class ChannelSlices
{
    private readonly int channels;
    private readonly ImmutableArray<(string Parameter, int Axis, long[] Places, long[] Owners)> parts;

    private ChannelSlices(int channels, ImmutableArray<(string Parameter, int Axis, long[] Places, long[] Owners)> parts)
    {
        this.channels = channels;
        this.parts = parts;
    }

    /// <summary>Number of channels.</summary>
    public int Channels => channels;

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
    public double[] Lengths(GraphModule module)
    {
        var sums = new double[channels];
        foreach (var (parameter, axis, places, owners) in parts)
        {
            using var scope = NewDisposeScope();
            var squares = Flat(module.Parameters[parameter], axis).to(ScalarType.Float64).square().sum(1).data<double>().ToArray();
            for (var i = 0; i < places.Length; i++)
            {
                sums[owners[i]] += squares[places[i]];
            }
        }

        return Array.ConvertAll(sums, Math.Sqrt);
    }

    /// <summary>
    /// For each channel the sum of its numbers times their gradients: the derivative by a factor on all of them, where it is 1.
    /// Numbers without a gradient count as 0.
    /// </summary>
    public double[] GateGradients(GraphModule module)
    {
        var sums = new double[channels];
        foreach (var (parameter, axis, places, owners) in parts)
        {
            using var scope = NewDisposeScope();
            var values = module.Parameters[parameter];
            if (values.grad is not { } gradient)
            {
                continue;
            }

            var products = Flat(values.detach().to(ScalarType.Float64) * gradient, axis).sum(1).data<double>().ToArray();
            for (var i = 0; i < places.Length; i++)
            {
                sums[owners[i]] += products[places[i]];
            }
        }

        return sums;
    }

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

    private static Tensor Flat(Tensor values, int axis) => values.detach().transpose(0, axis).reshape(values.shape[axis], -1);
}

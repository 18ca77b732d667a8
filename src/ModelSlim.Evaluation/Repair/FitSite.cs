using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Evaluation.Repair;

/// <summary>A layer that can be fitted, and the place behind it where the slim model should equal the original.</summary>
internal sealed record FitSite
{
    /// <summary>The layer in the slim model.</summary>
    public required Node Node { get; init; }

    /// <summary>What it computes.</summary>
    public required FitKind Kind { get; init; }

    /// <summary>Convolution groups; 1 for products.</summary>
    public required int Groups { get; init; }

    /// <summary>Name of the value the layer reads.</summary>
    public string Input => Node.Inputs[0];

    /// <summary>Name of the weight.</summary>
    public string Weight => Node.Inputs[1];

    /// <summary>Where an intercept goes; null where there is no place for it.</summary>
    public required InterceptPlace? Intercept { get; init; }

    /// <summary>Name of the value that should equal the original's, in both models.</summary>
    public required string Goal { get; init; }

    /// <summary>Per channel, the factor from the layer's product to the goal.</summary>
    public required double[] Scale { get; init; }

    /// <summary>Per channel, what is added on the way there.</summary>
    public required double[] Shift { get; init; }

    /// <summary>A computed value of the same shape that is added there too, as at the end of a residual block; or null.</summary>
    public required string? Beside { get; init; }

    /// <summary>The activation after the goal.</summary>
    public required Bounds Activation { get; init; }

    /// <summary>Number of output channels.</summary>
    public int Channels => Scale.Length;

    /// <summary>Output channels of one group.</summary>
    public int ChannelsPerGroup => Channels / Groups;

    /// <summary>Axis of the channels of what the layer reads and makes: 1 for convolutions, the last for products.</summary>
    public int ChannelAxis(ImmutableArray<int> shape) => Kind == FitKind.Convolution ? 1 : shape.Length - 1;

    /// <summary>How many numbers one output channel is computed from.</summary>
    public int Columns(ImmutableArray<int> weight) => Kind switch
    {
        FitKind.Convolution => weight[1..].Aggregate(1, (product, extent) => checked(product * extent)),
        FitKind.Product => weight[0],
        _ => weight[1],
    };

    /// <summary>Where the weight of a column for an output channel lies in the stored tensor.</summary>
    public int Place(int channel, int column, int columns) =>
        Kind == FitKind.Product ? (column * Channels) + channel : (channel * columns) + column;
}

using System.Collections.Immutable;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Repair;

/// <summary>A layer that can be fitted, and the place behind it where the slim model should equal the original.</summary>
internal sealed record FitSite
{
    /// <summary>How the layer reads its weight.</summary>
    public required LayerForm Form { get; init; }

    /// <summary>The layer in the slim model.</summary>
    public Node Node => Form.Node;

    /// <summary>Name of the value the layer reads.</summary>
    public string Input => Node.Inputs[Form.Input];

    /// <summary>Name of the weight.</summary>
    public string Weight => Node.Inputs[Form.Weight];

    /// <summary>Where an intercept goes; null where there is no place for it.</summary>
    public required InterceptPlace? Intercept { get; init; }

    /// <summary>Name of the value that should equal the original's, in both models; null where the product is inside the node.</summary>
    public required string? Goal { get; init; }

    /// <summary>Per channel, the factor from the layer's product to the goal.</summary>
    public required double[] Scale { get; init; }

    /// <summary>Per channel, what is added on the way there.</summary>
    public required double[] Shift { get; init; }

    /// <summary>A computed value of the same shape that is added there too, as at the end of a residual block; or null.</summary>
    public required string? Beside { get; init; }

    /// <summary>The activation after the goal.</summary>
    public required Bounds Activation { get; init; }

    /// <summary>The values that a fit needs of the original.</summary>
    public ImmutableArray<string> Needed => Goal is null ? [Input] : Form is ConvolutionForm ? [Goal, Input] : [Goal];

    /// <summary>The constants that change with the weights of the layer.</summary>
    /// <param name="index">The graph that has them as they are.</param>
    /// <param name="weights">The weights, in the stored order.</param>
    /// <param name="intercept">What is to be added to each channel.</param>
    public IEnumerable<(string Name, TensorData Tensor)> Changed(GraphIndex index, float[] weights, double[] intercept)
    {
        yield return (Weight, index.Constant(Weight)!.WithSingles(weights));
        if (Intercept is { } place)
        {
            var values = index.Constant(place.Constant)!.ToSingles();
            for (var i = 0; i < intercept.Length; i++)
            {
                values[place.Places[i]] = (float)(values[place.Places[i]] + (place.Factors[i] * intercept[i]));
            }

            yield return (place.Constant, index.Constant(place.Constant)!.WithSingles(values));
        }
    }
}

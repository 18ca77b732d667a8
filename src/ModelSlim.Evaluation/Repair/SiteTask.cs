using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Repair;

/// <summary>One layer to fit, and what there is to fit it to.</summary>
internal sealed record SiteTask
{
    /// <summary>The layer.</summary>
    public required FitSite Site { get; init; }

    /// <summary>Its layout in the slim model, for one chunk.</summary>
    public required LayerLayout Layout { get; init; }

    /// <summary>Its layout in the original; null where the original's input is not kept.</summary>
    public required LayerLayout? OriginalLayout { get; init; }

    /// <summary>From places of the layer's output to places of the goal, or of the product inside the node, in the original.</summary>
    public required GoalPlaces GoalPlaces { get; init; }

    /// <summary>Its weight in the slim model.</summary>
    public required TensorData Weight { get; init; }

    /// <summary>True where weights that are zero stay zero.</summary>
    public required bool KeepsZeros { get; init; }

    /// <summary>Its weight in the original.</summary>
    public required TensorData OriginalWeight { get; init; }

    /// <summary>Which of the original's channels a convolution still reads, in order.</summary>
    public required ImmutableArray<int> KeptInputs { get; init; }

    /// <summary>The original, run as far as the goal.</summary>
    public required GraphWalk Original { get; init; }

    /// <summary>The slim model, run as far as the layer.</summary>
    public required GraphWalk Slim { get; init; }

    /// <summary>How many of the walks' chunks are fitted, from the front; the others judge.</summary>
    public required int FittedChunks { get; init; }
}

using System.Collections.Immutable;
using ModelSlim.Core.Reports;
using ModelSlim.Pipeline;

namespace ModelSlim.Tool.Init;

/// <summary>What a recipe has to fit.</summary>
/// <param name="Report">What the model is made of.</param>
/// <param name="Symbolic">Inputs that have an axis other than the batch whose size the file leaves open, with traced shapes.</param>
/// <param name="Macs">The share of multiply-accumulates to aim at that a plan can reach; null where there is none.</param>
internal sealed record ModelFacts(InspectionReport Report, ImmutableArray<ValueShape> Symbolic, double? Macs)
{
    /// <summary>Facts of a model.</summary>
    public static ModelFacts Of(RecipeStart start) => new(
        start.Report,
        [
            .. start.Report.Inputs.Where(traced => start.Graph.Inputs.Any(input =>
                input.Name == traced.Name && (input.Shape.IsDefault || input.Shape.Skip(1).Any(axis => axis.Extent is null)))),
        ],
        start.Macs);

    /// <summary>The shape of the only input as a picture, or null where it is none.</summary>
    public PictureShape? Picture => Report.Inputs is [{ Shape: [_, var a, var b, var c] }]
        ? a is 1 or 3 ? new PictureShape(a, b, c, "NCHW") : c is 1 or 3 ? new PictureShape(c, a, b, "NHWC") : null
        : null;
}

/// <summary>A picture.</summary>
/// <param name="Channels">Colours.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Layout">Order of the axes, as a recipe spells it.</param>
internal sealed record PictureShape(int Channels, int Height, int Width, string Layout);

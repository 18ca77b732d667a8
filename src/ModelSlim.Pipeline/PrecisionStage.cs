using System.Globalization;
using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Precision;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Pipeline;

/// <summary>Stores the weights of a slim model in fewer bits, where the recipe asks for it, and checks what comes of it.</summary>
/// <param name="check">Compares models.</param>
public sealed class PrecisionStage(MaskedOriginalCheck check)
{
    /// <summary>Name of the stage.</summary>
    public const string Name = "fp16";

    // What rounding of weights to 11 bits may make of outputs.
    private const double Tolerance = 1e-2;

    // A slim model may bear a little more than the original does.
    private const double Hopeless = 4 * Tolerance;

    /// <summary>True where a recipe asks for it, or the model came so.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="analysis">The model.</param>
    public static bool IsAsked(Recipe recipe, ModelAnalysis analysis) =>
        recipe.Precision == WeightPrecision.Half || !HalfWeights.StoredIn(analysis.GivenModel.Graph).IsEmpty;

    /// <summary>A model with weights stored as its recipe says, and as they came.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="origin">What it was made from, with the model as it was given.</param>
    public static OnnxModel Stored(OnnxModel model, Recipe recipe, ModelAnalysis origin) =>
        HalfWeights.Of(model, HalfWeights.StoredIn(origin.GivenModel.Graph), all: recipe.Precision == WeightPrecision.Half);

    /// <summary>Tries it on the model itself, before anything is done that takes long.</summary>
    /// <param name="origin">The model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <returns>The model; MSLIM7001 where the recipe asks for 16 bits and outputs differ by so much that they will when it is slim.</returns>
    public Result<ModelAnalysis> Try(ModelAnalysis origin, Recipe recipe, CancellationToken cancellation) => recipe.Precision != WeightPrecision.Half
        ? origin
        : check.Run(origin.Model, origin.Index, origin.Trace, Stored(origin.Model, recipe, origin), new ChannelCuts([]), cancellation).Then<ModelAnalysis>(error =>
            error.Relative > Hopeless ? Refuse(recipe, "outputs of the original itself", error) : origin);

    /// <summary>Stores them so.</summary>
    /// <param name="form">The slim model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="origin">What it was made from, with the model as it was given.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <returns>The model; MSLIM7001 where its outputs differ by more than rounding explains.</returns>
    public Result<ModelForm> Run(ModelForm form, Recipe recipe, ModelAnalysis origin, CancellationToken cancellation)
    {
        var half = Stored(form.Model, recipe, origin);
        return check.Run(form.Model, new GraphIndex(form.Model.Graph), form.Trace, half, new ChannelCuts([]), cancellation).Then<ModelForm>(error =>
            error.Relative > Tolerance ? Refuse(recipe, "outputs", error) : new ModelForm(Name, half, form.Trace));
    }

    private static Diagnostic Refuse(Recipe recipe, string what, MaskedError error) => DiagnosticCodes.CutUnproven.At(
        recipe.Target.Location,
        string.Create(CultureInfo.InvariantCulture, $"with weights stored as fp16, {what} differ by {error.Relative:0.0%} of the largest value, more than {Tolerance:0%}; remove output.precision"));
}

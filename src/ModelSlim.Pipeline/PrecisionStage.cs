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
            error.Relative > Tolerance
                ? DiagnosticCodes.CutUnproven.At(
                    recipe.Target.Location,
                    $"with weights stored as fp16, outputs differ by {error.Relative:E1} of the largest value, more than {Tolerance:E0}; remove output.precision")
                : new ModelForm(Name, half, form.Trace));
    }
}

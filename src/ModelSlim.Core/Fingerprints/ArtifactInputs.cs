using System.Collections.Immutable;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Fingerprints;

/// <summary>
/// All that decides an artifact. What is not here must not change it: paths, time, the machine's name, cores and threads,
/// verbosity, where the store is, how the app gets the model.
/// </summary>
public sealed record ArtifactInputs
{
    /// <summary>What is asked for, the seed included.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>The original model (<see cref="ModelDigester"/>).</summary>
    public required ContentManifest Model { get; init; }

    /// <summary>Calibration data (<see cref="DataDigester"/>); null where the recipe names none.</summary>
    public ContentManifest? Calibration { get; init; }

    /// <summary>Training data; null where the recipe names none.</summary>
    public ContentManifest? Train { get; init; }

    /// <summary>Evaluation data; null where the recipe names none.</summary>
    public ContentManifest? Eval { get; init; }

    /// <summary>
    /// How numbers are computed, such as <c>cpu-portable-1</c>: machines of one class give the same bits.
    /// </summary>
    public required string NumericsClass { get; init; }

    /// <summary>Versions by name of this tool and of the packages that compute: TorchSharp, libtorch, ONNX Runtime.</summary>
    public required ImmutableSortedDictionary<string, string> Versions { get; init; }

    /// <summary>Text of the plan that was given instead of being made; empty where the planner decides.</summary>
    public string Plan { get; init; } = "";
}

using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Pipeline;

/// <summary>Works out the fingerprint of what a request asks for.</summary>
/// <param name="models">Digests models.</param>
/// <param name="data">Digests data sets.</param>
/// <param name="host">The machine, which cannot compute in every way.</param>
/// <param name="versions">Versions of the tool and of the packages that compute.</param>
public sealed class ArtifactKey(
    ModelDigester models, DataDigester data, HostPlatform host, ImmutableSortedDictionary<string, string> versions)
{
    /// <summary>Reads everything that decides the artifact.</summary>
    /// <param name="path">Path of the model.</param>
    /// <param name="externalFiles">The files beside it that hold some of its data.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="plan">Text of a given plan; empty where the planner decides.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<ArtifactKeys> Of(
        string path, IReadOnlyCollection<string> externalFiles, Recipe recipe, string plan, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        var manifests = new List<ContentManifest?>();
        foreach (var source in new[] { recipe.Data.Calibration, recipe.Data.Train, recipe.Data.Eval })
        {
            var manifest = source is null ? null : data.Digest(source, progress, cancellation);
            if (manifest is { Succeeded: false })
            {
                return Result<ArtifactKeys>.Failed(manifest.Diagnostics);
            }

            manifests.Add(manifest?.Value);
        }

        return models.Digest(path, externalFiles, cancellation).Then<ArtifactKeys>(file =>
        {
            Fingerprint Key(NumericsClass numericsClass) => new ArtifactFingerprint().Of(new ArtifactInputs
            {
                Recipe = recipe,
                Model = file,
                Calibration = manifests[0],
                Train = manifests[1],
                Eval = manifests[2],
                NumericsClass = numericsClass.Name,
                Versions = versions,
                Plan = plan,
            });

            // A machine that cannot train so has use for what another one has made.
            var asked = NumericsClass.Of(recipe.Numerics);
            var own = NumericsClass.Of(host, recipe.Numerics).Value ?? asked;
            return new ArtifactKeys(Key(own), own.Name == asked.Name ? [] : [Key(asked)]);
        });
    }
}

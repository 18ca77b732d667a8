using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Pipeline;

/// <summary>Looks for a result in the store without making it.</summary>
/// <param name="reader">Reads models.</param>
/// <param name="keys">Works out keys.</param>
public sealed class StoreQuery(OnnxReader reader, ArtifactKey keys)
{
    /// <summary>The keys of what a recipe makes of a model.</summary>
    /// <param name="model">Path of the model.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<ArtifactKeys> KeysOf(string model, Recipe recipe, IProgress<StageProgress> progress, CancellationToken cancellation) =>
        reader.Read(model).Then<string[]>(read => read.ExternalFiles.ToArray())
            .Then(beside => keys.Of(model, beside, recipe, "", progress, cancellation));

    /// <summary>Looks in a store, and says what is different in the result that is nearest.</summary>
    /// <param name="store">The store; null where there is none.</param>
    /// <param name="wanted">The keys.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<StoreExplanation> Explain(ArtifactStore? store, ArtifactKeys wanted, CancellationToken cancellation)
    {
        var said = new List<Diagnostic>();
        foreach (var key in wanted.Others.Prepend(wanted.Own).Where(_ => store is not null))
        {
            var answer = store!.TryGet(key, cancellation);
            said.AddRange(answer.Diagnostics);
            if (answer.Artifact is { } found)
            {
                found.Dispose();
                return Result<StoreExplanation>.With(new StoreExplanation(key, true, key, []), said);
            }
        }

        var nearest = (store?.List() ?? [])
            .Select(record => (record.Fingerprint, Changes: wanted.Own.ChangesSince(record.Fingerprint), Stored: store!.StoredAt(record)))
            .OrderBy(other => other.Changes.Length).ThenByDescending(other => other.Stored)
            .FirstOrDefault();
        return Result<StoreExplanation>.With(
            new StoreExplanation(wanted.Own, false, nearest.Fingerprint, nearest.Fingerprint is null ? [] : nearest.Changes), said);
    }
}

using System.Text;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>
/// Finds models that are slimmed a second time since they lie where the recipe of a folder counts. What is written bears no mark; the store
/// knows what it gave.
/// </summary>
/// <param name="files">Where recipes are looked for.</param>
public sealed class SlimmedBefore(IFileView files)
{
    /// <summary>MSLIM1009 where the model of a request is a result in the store and goes by its folder's recipe; else null.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="key">All that decides what it leads to.</param>
    /// <param name="store">The store.</param>
    /// <param name="cancellation">Ends it.</param>
    public Diagnostic? Find(SlimRequest request, Fingerprint key, ArtifactStore store, CancellationToken cancellation)
    {
        var path = request.ModelPath;
        if (new RecipeLocator(files).FindShared(path) is not { } shared
            || request.Recipe.MethodLocation is not { } used
            || Path.GetFullPath(used.File) != Path.GetFullPath(shared)
            || ArtifactFingerprint.ModelOf(key) is not { } content
            || store.MakerOf(content) is not { } maker)
        {
            return null;
        }

        var report = maker.Outputs.Any(output => output.Name == ArtifactSource.ReportName) ? store.Open(maker).Read(ArtifactSource.ReportName, cancellation) : null;
        var original = report is null ? null : ReportJson.Read<SlimReport>(Encoding.UTF8.GetString(report))?.Model;
        return DiagnosticCodes.RecipeTakesResult.At(
            new SourceSpan(path),
            $"This is a slim model already{(original is null ? string.Empty : $", made of {DisplayText.Quote(original)}")}, and {Path.GetFileName(shared)} of its folder slims it again; "
                + $"put it in another folder, or if that is meant, give it {Path.GetFileNameWithoutExtension(path)}.prune.yaml");
    }
}

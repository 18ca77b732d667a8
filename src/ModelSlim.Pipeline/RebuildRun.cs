using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>Makes a slim model again, without a store, and compares it with the one that is there, byte for byte.</summary>
public sealed class RebuildRun(SlimPipeline pipeline, OnnxReader reader)
{
    private readonly FileDigester digester = new();

    /// <summary>Makes and compares.</summary>
    /// <param name="request">What the slim model was made from; its output is the slim model, which is only read.</param>
    /// <param name="progress">Is told how far it is.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What was made, where it is the same; MSLIM3006 with the first difference where it is not.</returns>
    public async Task<Result<SlimOutcome>> RunAsync(SlimRequest request, IProgress<StageProgress> progress, CancellationToken cancellation)
    {
        using var folder = new TemporaryDirectory();
        var again = folder.Of(Path.GetFileName(request.OutputPath));
        var made = await pipeline.RunAsync(
            request with { OutputPath = again, ReportPath = null, CacheDirectory = null, LockPath = null }, progress, cancellation).ConfigureAwait(false);
        return made.Then<SlimOutcome>(outcome => Differing(request.OutputPath, again, cancellation) is { } differs ? differs : outcome);
    }

    private Diagnostic? Differing(string there, string again, CancellationToken cancellation)
    {
        try
        {
            if (Same(there, again, cancellation) && Same(there + OnnxWriter.DataSuffix, again + OnnxWriter.DataSuffix, cancellation))
            {
                return null;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.FileAccess.At(new SourceSpan(there), $"the slim model cannot be read: {e.Message.TrimEnd('.')}");
        }

        var (before, now) = (reader.Read(there), reader.Read(again));
        return DiagnosticCodes.RebuildDiffers.At(
            new SourceSpan(there),
            before.Succeeded && now.Succeeded ? $"made again, it is another model: {FirstDifference(before.Value, now.Value)}" : "made again, it is another model, and this file is none that can be read");
    }

    private bool Same(string there, string again, CancellationToken cancellation) =>
        File.Exists(there) == File.Exists(again) && (!File.Exists(there) || digester.Digest(there, cancellation) == digester.Digest(again, cancellation));

    private static string FirstDifference(OnnxModel before, OnnxModel now)
    {
        var (old, made) = (before.Graph.Initializers, now.Graph.Initializers);
        foreach (var name in old.Keys.Union(made.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!old.TryGetValue(name, out var was) || !made.TryGetValue(name, out var isNow))
            {
                return $"'{name}' is in one of them only";
            }

            if (!was.Shape.SequenceEqual(isNow.Shape))
            {
                return $"'{name}' was [{string.Join(", ", was.Shape)}] and is [{string.Join(", ", isNow.Shape)}]";
            }

            if (!GraphComparison.Same(was, isNow))
            {
                return $"'{name}' has other values";
            }
        }

        return "the weights are the same, and nodes or other parts of the file are not";
    }
}

using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Core.Fingerprints;

/// <summary>Digests of models: the file, and the files beside it that hold some of its data.</summary>
public sealed class ModelDigester(FileDigester files)
{
    /// <summary>Reads the files of a model.</summary>
    /// <param name="path">Path of the model.</param>
    /// <param name="externalFiles">The files beside it that hold some of its data, as <see cref="OnnxModel.ExternalFiles"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The part <c>model</c>, then the files of external data by name; or MSLIM4016.</returns>
    public Result<ContentManifest> Digest(string path, IEnumerable<string> externalFiles, CancellationToken cancellationToken = default)
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return new ContentManifest(
            [
                new ContentPart("model", files.Digest(path, cancellationToken)),
                .. externalFiles.Select(
                    name => new ContentPart($"data/{name}", files.Digest(Path.Combine(folder, name), cancellationToken))),
            ]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.ModelUnreadable.At(new SourceSpan(path), $"The model cannot be read: {e.Message}");
        }
    }
}

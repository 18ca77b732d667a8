using System.Security.Cryptography;
using System.Text.Json;
using ModelSlim.Core.Graphs;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Checkpoints;

/// <summary>
/// Tells jobs apart whose checkpoints are in one folder: by the models, by how they are trained, and by this very build of the
/// program. The data is not looked at: the folder belongs to a key that has it.
/// </summary>
internal static class JobDigest
{
    /// <summary>The digest.</summary>
    /// <param name="files">The models, with the files that hold some of their data.</param>
    /// <param name="settings">How to train, without the places of files.</param>
    /// <returns>SHA-256 in hexadecimal.</returns>
    public static string Of(IEnumerable<string> files, params ReadOnlySpan<object> settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(typeof(JobDigest).Module.ModuleVersionId.ToByteArray());
        hash.AppendData(typeof(Graph).Module.ModuleVersionId.ToByteArray());
        foreach (var setting in settings)
        {
            hash.AppendData(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(setting, setting.GetType(), WorkerJson.Options)));
        }

        foreach (var path in files.Order(StringComparer.Ordinal))
        {
            using var file = File.OpenRead(path);
            hash.AppendData(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Path.GetFileName(path))));
            hash.AppendData(SHA256.HashData(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

using System.Security.Cryptography;
using System.Text;

namespace ModelSlim.Training.Checkpoints;

/// <summary>Sizes and times of the files of a data set: whether any of them was written meanwhile.</summary>
internal static class DataStamp
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = default, RecurseSubdirectories = true };

    /// <summary>The stamp as it is now.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <returns>SHA-256 in hexadecimal.</returns>
    public static string Of(IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in paths.SelectMany(Files).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            var written = file.Exists ? $"{file.Length} {file.LastWriteTimeUtc.Ticks}" : "none";
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.FullName}\0{written}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<FileInfo> Files(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", Everything) : [new FileInfo(path)];
}

using System.Security.Cryptography;

namespace ModelSlim.Testing;

/// <summary>Many processes that want one result at the same time.</summary>
public static class Crowd
{
    /// <summary>Starts them, on an empty store, and waits for all.</summary>
    /// <param name="processes">How many.</param>
    /// <param name="trains">Whether the result is trained.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many made it, and how many different results they have.</returns>
    /// <exception cref="InvalidOperationException">One failed, or the store is damaged afterwards.</exception>
    public static async Task<(int Made, int Results)> RunAsync(int processes, bool trains, CancellationToken cancellation)
    {
        using var test = new PruneCase(trains);
        var names = Enumerable.Range(0, processes).Select(number => $"out/{number}.onnx").ToArray();
        var origins = await Task.WhenAll(names.Select(name => test.PruneAsync(name, cancellation)));
        await test.VerifyStoreAsync(cancellation);
        return (
            origins.Count(origin => origin == "miss"),
            names.Select(name => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(test.File(name))))).Distinct().Count());
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Testing;

/// <summary>A model, a recipe and a store that processes work on, and what must hold of them afterwards.</summary>
public sealed class PruneCase : IDisposable
{
    private const int Samples = 256;

    private readonly TemporaryFolder folder = new();

    /// <summary>Writes the files.</summary>
    /// <param name="trains">Whether the recipe trains, for two seconds or so.</param>
    public PruneCase(bool trains)
    {
        folder.Write("net.onnx", new OnnxWriter().Write(SmallNets.Make("chain")));
        var random = new SplitMix(5, "pictures");
        byte[] Bytes(int count, int below) => [.. Enumerable.Range(0, count).Select(_ => (byte)random.NextInt(below))];
        folder.Write("x.idx", [0, 0, 8, 4, 0, 0, Samples >> 8, 0, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8, .. Bytes(Samples * 3 * 8 * 8, 256)]);
        folder.Write("y.idx", [0, 0, 8, 1, 0, 0, Samples >> 8, 0, .. Bytes(Samples, 10)]);
        folder.Write("prune.yaml", "target: { macs: 50% }\n" + (trains
            ? "data: { train: { idx: [x.idx, y.idx] }, preprocess: { scale: 1/255 } }\nfinetune: { epochs: 40, batch: 16, validation: 0 }\n"
            : string.Empty));
    }

    /// <summary>A path among its files.</summary>
    public string File(string name) => folder.File(name);

    /// <summary>The command line that prunes.</summary>
    /// <param name="output">Name of the slim model.</param>
    /// <param name="more">Options.</param>
    public string[] Prune(string output, params string[] more) =>
        ["prune", folder.File("net.onnx"), "-r", folder.File("prune.yaml"), "-o", folder.File(output), "--cache-dir", folder.File("store"), "--threads", "1", "--json", .. more];

    /// <summary>Prunes to the end.</summary>
    /// <returns>Where the result came from: <c>miss</c> or <c>hit</c>.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<string> PruneAsync(string output, CancellationToken cancellation, params string[] more)
    {
        var run = await ToolStart.RunAsync(Prune(output, more), cancellation);
        return run.ExitCode == 0
            ? (string)JsonNode.Parse(run.Output)!["cache"]!
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"prune ended with {run.ExitCode}: {run.Error}"));
    }

    /// <summary>Reads the store through.</summary>
    /// <exception cref="InvalidOperationException">Something in it is damaged.</exception>
    public async Task VerifyStoreAsync(CancellationToken cancellation)
    {
        var run = await ToolStart.RunAsync(["cache", "verify", "--cache-dir", folder.File("store"), "--json"], cancellation);
        if (run.ExitCode != 0 || JsonNode.Parse(run.Output)!["damaged"]!.AsArray().Count > 0)
        {
            throw new InvalidOperationException($"The store is damaged: {run.Output}{run.Error}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}

using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Testing;

namespace ModelSlim.Pipeline.Tests;

/// <summary>Somebody writes the model, or its data, while it is slimmed.</summary>
public sealed class ChangedInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public ChangedInputTests()
    {
        new OnnxWriter().Save(SmallNets.Chain(), folder.File("net.onnx"));
        folder.Write("x.npy", Samples(1));
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("net.onnx")]
    [InlineData("x.npy")]
    public async Task Nothing_is_written_or_kept_and_the_next_run_is_right(string changed)
    {
        var bytes = changed == "net.onnx" ? new OnnxWriter().Write(SmallNets.Chain(seed: 2)) : Samples(2);
        var meanwhile = new Meanwhile("repair", () => folder.Write(changed, bytes));

        var result = await Slim(meanwhile);

        Assert.True(meanwhile.Happened);
        Assert.Equal("MSLIM3021", Assert.Single(result.Diagnostics, said => said.Severity == Severity.Error).Code);
        Assert.False(File.Exists(folder.File("slim.onnx")));
        Assert.Empty(ArtifactStore.Open(folder.File("store")).Value!.List());
        Assert.True((await Slim(new Meanwhile("none", () => { }))).Succeeded);
    }

    private Task<Result<SlimOutcome>> Slim(IProgress<StageProgress> progress) => new ModelSlimServices(1).Pipeline.RunAsync(
        new SlimRequest
        {
            ModelPath = folder.File("net.onnx"),
            Recipe = new Recipe
            {
                Target = new TargetSpec { Macs = 0.5 },
                Data = new DataSpec { Calibration = new DataSource(DataKind.Npy, [folder.File("x.npy")], null, new SourceSpan("prune.yaml", 1, 1)) },
            },
            OutputPath = folder.File("slim.onnx"),
            CacheDirectory = folder.File("store"),
        },
        progress,
        TestContext.Current.CancellationToken);

    private static byte[] Samples(byte value)
    {
        var elements = new byte[4 * 3 * 8 * 8];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = (byte)(value * i);
        }

        return DataFiles.Npy("|u1", "4, 3, 8, 8", elements);
    }

    // Does something once, when a stage is reported.
    private sealed class Meanwhile(string stage, Action happens) : IProgress<StageProgress>
    {
        public bool Happened { get; private set; }

        public void Report(StageProgress value)
        {
            if (value.Stage == stage && !Happened)
            {
                Happened = true;
                happens();
            }
        }
    }
}

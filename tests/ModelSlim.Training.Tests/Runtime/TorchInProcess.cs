using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Tests.Runtime;

/// <summary>Loads libtorch into the test process, once. Tests that call TorchSharp touch <see cref="Runtime"/> first.</summary>
internal static class TorchInProcess
{
    private static readonly Lazy<TorchRuntime> Loaded = new(() =>
    {
        var host = HostPlatform.Detect();
        var result = new LibTorchLocator(host, Environment.GetEnvironmentVariable)
            .Locate(named: null, AppContext.BaseDirectory)
            .Then(folder => new TorchLoader(host, Environment.GetEnvironmentVariable).Load(folder));
        return result.Value ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    });

    public static TorchRuntime Runtime => Loaded.Value;
}

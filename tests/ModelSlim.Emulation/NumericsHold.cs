using ModelSlim.Training.Runtime;

namespace ModelSlim.Emulation;

/// <summary>Loads libtorch and holds this process to a numerics class, as the worker does.</summary>
internal static class NumericsHold
{
    /// <summary>Holds.</summary>
    /// <param name="numerics">The class; the process must have been started with its variables.</param>
    /// <exception cref="InvalidOperationException">It does not hold.</exception>
    public static void Of(NumericsClass numerics)
    {
        var host = HostPlatform.Detect();
        var held = new LibTorchLocator(host, Environment.GetEnvironmentVariable)
            .Locate(named: null, AppContext.BaseDirectory)
            .Then(folder => new TorchLoader(host, Environment.GetEnvironmentVariable).Load(folder))
            .Then(runtime => new TorchNumerics(Environment.GetEnvironmentVariable).Hold(numerics, runtime));
        if (!held.Succeeded)
        {
            throw new InvalidOperationException(string.Join('\n', held.Diagnostics));
        }
    }
}

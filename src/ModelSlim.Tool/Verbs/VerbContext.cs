using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary>What a verb works with.</summary>
/// <param name="Settings">The options that every verb has.</param>
/// <param name="Host">The world around it.</param>
/// <param name="Reporter">Who hears what happens meanwhile.</param>
/// <param name="Interruption">Ends the work early.</param>
internal sealed record VerbContext(RunSettings Settings, ToolHost Host, IReporter Reporter, Interruption Interruption)
{
    /// <summary>Cancelled when the work must end.</summary>
    public CancellationToken Cancellation => Interruption.Token;

    /// <summary>The engine.</summary>
    public ModelSlimServices Services => Host.Services(Settings.Threads);

    /// <summary>Full path of the store; null where the user has no folder for one.</summary>
    public string? Store => StoreDirectory.Find(Settings.CacheDirectory, ToolHost.StorePlatform, Host.Environment) is { } folder
        ? Path.GetFullPath(folder)
        : null;

    /// <summary>Who hears of progress.</summary>
    public IProgress<StageProgress> Progress => Reporter;

    /// <summary>A request as every verb makes it.</summary>
    /// <param name="model">Path of the model.</param>
    /// <param name="recipe">Its recipe.</param>
    /// <param name="output">Path of the slim model.</param>
    /// <param name="libTorch">Folder of libtorch; null where the user named none.</param>
    public SlimRequest Request(string model, Recipe recipe, string output, string? libTorch) => new()
    {
        ModelPath = model,
        Recipe = recipe,
        OutputPath = output,
        CacheDirectory = Store,
        Offline = Settings.Offline,
        LibTorchDirectory = libTorch,
        Threads = Settings.Threads,
    };

    /// <summary>Opens the remote cache. Says so where its settings are wrong.</summary>
    /// <param name="address">From the command line; null means what the environment says.</param>
    /// <param name="mode">From the command line; null means what the environment says.</param>
    /// <returns>The remote cache, of one run; null where there is none.</returns>
    public RemoteCache? OpenRemote(string? address, string? mode)
    {
        var opened = Settings.Offline ? null : ModelSlimServices.Remotes(Host.Environment).Open(address, mode);
        foreach (var said in opened?.Diagnostics ?? [])
        {
            Reporter.Say(said);
        }

        return opened?.Value;
    }

    /// <summary>Bytes that the store may have; null means any number. Says so where the user's limit is not understood.</summary>
    public long? ReadStoreLimit()
    {
        var written = Host.Environment(StoreSize.Variable);
        var (size, understood) = StoreSize.Limit(written);
        if (!understood)
        {
            Reporter.Say(DiagnosticCodes.StoreSizeInvalid.Says(
                $"{StoreSize.Variable} is {DisplayText.Quote(written!)}, which is no size such as 20GiB; the store may become {Quantity.Bytes(StoreSize.Default)}"));
        }

        return size;
    }
}

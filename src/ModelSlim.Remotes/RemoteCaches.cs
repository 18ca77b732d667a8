using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Remotes.Azure;
using ModelSlim.Remotes.Http;
using ModelSlim.Remotes.Oci;
using ModelSlim.Remotes.S3;

namespace ModelSlim.Remotes;

/// <summary>Opens the remote cache that a run is told to use.</summary>
/// <param name="variable">Value of an environment variable, or null.</param>
public sealed class RemoteCaches(Func<string, string?> variable)
{
    /// <summary>The variable with the address.</summary>
    public const string AddressVariable = "MODELSLIM_REMOTE_CACHE";

    /// <summary>The variable that says whether it is written, too.</summary>
    public const string ModeVariable = "MODELSLIM_REMOTE_CACHE_MODE";

    /// <summary>What stands for no remote cache, where the environment names one.</summary>
    public const string None = "none";

    private const string Read = "read";
    private const string ReadWrite = "readwrite";

    private static readonly Dictionary<string, Func<Uri, Func<string, string?>, RemoteTimes, IRemoteStore>> Clients = new(StringComparer.Ordinal)
    {
        [Uri.UriSchemeHttps] = (place, variable, times) => AzureContainer.IsAddress(place) ? AzureRemoteStore.Open(place, variable, times) : OpenHttp(place, variable, times),
        [Uri.UriSchemeHttp] = OpenHttp,
        ["s3"] = S3RemoteStore.Open,
        ["azblob"] = AzureRemoteStore.Open,
        ["oci"] = (place, variable, times) => new OciRemoteStore(place, variable, times),
    };

    /// <summary>How long it may take.</summary>
    internal RemoteTimes Times { get; init; } = RemoteTimes.Usual;

    /// <summary>The modes there are.</summary>
    public static IReadOnlyList<string> Modes { get; } = [Read, ReadWrite];

    /// <summary>Opens it. Nothing is sent before it is asked for something.</summary>
    /// <param name="address">
    /// Its address; null or empty means what the environment says. Several, with spaces between them: the first is written, all are read.
    /// </param>
    /// <param name="mode">One of <see cref="Modes"/>; null or empty means what the environment says, or else both.</param>
    /// <returns>The remote cache; null where there is none. MSLIM3024 where a setting is wrong.</returns>
    public Result<RemoteCache>? Open(string? address, string? mode)
    {
        var place = Chosen(address, AddressVariable);
        if (place is null or None)
        {
            return null;
        }

        var use = Chosen(mode, ModeVariable) ?? ReadWrite;
        return Modes.Contains(use)
            ? OpenAll(place).Then(store => RecordKeys.Read(variable).Then<RemoteCache>(keys => new RemoteCache(store, use == ReadWrite, keys)))
            : DiagnosticCodes.RemoteSettingInvalid.Says($"the mode of the remote cache is {DisplayText.Quote(use)}, and must be {Read} or {ReadWrite}; no remote cache is used");
    }

    private static HttpRemoteStore OpenHttp(Uri place, Func<string, string?> variable, RemoteTimes times) => new(place, HttpCredentials.Read(variable), times);

    private Result<IRemoteStore> OpenAll(string places)
    {
        var addresses = places.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(place => RemoteAddress.Read(place, Clients.Keys)).ToArray();
        if (addresses.FirstOrDefault(address => !address.Succeeded) is { } wrong)
        {
            return Result<IRemoteStore>.Failed(wrong.Diagnostics);
        }

        try
        {
            Uri[] all = [.. addresses.Select(address => address.Value!)];
            IRemoteStore[] stores = [.. all.Select((address, i) => new ResilientRemoteStore(Clients[address.Scheme](address, CredentialScope.Of(all, i, variable), Times), Times))];
            return Result<IRemoteStore>.With(stores.Length == 1 ? stores[0] : new LayeredRemoteStore(stores[0], [.. stores[1..]]), []);
        }
        catch (RemoteSettingException contradiction)
        {
            return DiagnosticCodes.RemoteSettingInvalid.Says($"{contradiction.Message}; no remote cache is used");
        }
        catch (Exception)
        {
            // Each client has its own way to say that it cannot read what the environment has for it, and may quote it.
            return DiagnosticCodes.RemoteSettingInvalid.Says("a client cannot use what the environment says about the remote cache: keys, connection string or endpoint; no remote cache is used");
        }
    }

    private string? Chosen(string? written, string name) => (string.IsNullOrWhiteSpace(written) ? variable(name) : written)?.Trim() is { Length: > 0 } value ? value : null;
}

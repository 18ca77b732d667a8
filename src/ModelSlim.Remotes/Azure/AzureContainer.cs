using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage;
using Azure.Storage.Blobs;
using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.Azure;

/// <summary>Clients of Azure Blob Storage: credentials by the variables of Azure's command line, or as the Azure SDK finds them.</summary>
internal static class AzureContainer
{
    private const string Suffix = ".blob.core.windows.net";

    /// <summary>True for addresses of Azure Blob Storage, in all its clouds.</summary>
    public static bool IsAddress(Uri address) => address.Scheme == Uri.UriSchemeHttps && address.Host.Contains(".blob.core.", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes a client, which finds its credentials when it is asked for something.</summary>
    /// <param name="account">The storage account.</param>
    /// <param name="host">Its server, or the account alone.</param>
    /// <param name="container">The container.</param>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <param name="times">How long it may take.</param>
    /// <exception cref="RemoteSettingException">The connection string is for another account.</exception>
    public static BlobContainerClient Open(string account, string host, string container, Func<string, string?> variable, RemoteTimes times)
    {
        var options = new BlobClientOptions
        {
            Transport = new HttpClientTransport(HttpTransport.Client(times)),
            Retry = { MaxRetries = 0, NetworkTimeout = TimeSpan.FromDays(1) },
            Diagnostics = { IsLoggingEnabled = false, IsTelemetryEnabled = false, IsDistributedTracingEnabled = false },
        };
        var place = new Uri($"https://{(host.Contains('.', StringComparison.Ordinal) ? host : account + Suffix)}/{container}");
        return (Value("AZURE_STORAGE_CONNECTION_STRING"), Value("AZURE_STORAGE_KEY"), Value("AZURE_STORAGE_SAS_TOKEN")) switch
        {
            ({ } connection, _, _) => Of(account, new BlobContainerClient(connection, container, options)),
            (_, { } key, _) => new BlobContainerClient(place, new StorageSharedKeyCredential(account, key), options),
            (_, _, { } token) => new BlobContainerClient(place, new AzureSasCredential(token.TrimStart('?')), options),
            _ => new BlobContainerClient(place, new DefaultAzureCredential(), options),
        };

        // A connection string names an account too, and would lead there whatever the address says.
        static BlobContainerClient Of(string account, BlobContainerClient client) => string.Equals(client.AccountName, account, StringComparison.OrdinalIgnoreCase)
            ? client
            : throw new RemoteSettingException(
                $"AZURE_STORAGE_CONNECTION_STRING is for another account than '{account}', which the address of the remote cache names");

        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }
}

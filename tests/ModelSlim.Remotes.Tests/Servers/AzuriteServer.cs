using System.Globalization;
using Azure.Storage.Blobs;

namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>The emulator of Azure Blob Storage.</summary>
public sealed class AzuriteServer : RealServer
{
    // The account that the emulator is documented to have.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public override string Program => "azurite-blob";

    public override string Address => "azblob://devstoreaccount1/cache/main";

    public override IReadOnlyDictionary<string, string> Credentials => Secret(Key);

    public override IReadOnlyDictionary<string, string> WrongCredentials => Secret(Convert.ToBase64String(new byte[64]));

    protected override IEnumerable<string> Arguments() =>
    [
        "--blobHost", "127.0.0.1", "--blobPort", Port.ToString(CultureInfo.InvariantCulture), "--location", Folder.FullName, "--silent",
        "--skipApiVersionCheck", "--disableTelemetry",
    ];

    protected override void Prepare() => new BlobContainerClient(Credentials["AZURE_STORAGE_CONNECTION_STRING"], "cache").CreateIfNotExists();

    private Dictionary<string, string> Secret(string key) => new()
    {
        ["AZURE_STORAGE_CONNECTION_STRING"] =
            $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={key};BlobEndpoint=http://127.0.0.1:{Port}/devstoreaccount1;",
    };
}

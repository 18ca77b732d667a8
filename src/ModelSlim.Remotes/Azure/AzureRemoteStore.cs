using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ModelSlim.Core.Caching;
using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.Azure;

/// <summary>A container of Azure Blob Storage, or of a server that speaks like it.</summary>
/// <param name="container">The container.</param>
/// <param name="place">Its address.</param>
/// <param name="prefix">What all names begin with.</param>
internal sealed class AzureRemoteStore(BlobContainerClient container, string place, string prefix) : ObjectRemoteStore(place, prefix)
{
    private static readonly int[] Absent = [404, 410];
    private static readonly int[] Kept = [409, 412];

    /// <summary>Opens <c>azblob://account/container/prefix</c>, or the same as an https address of Azure.</summary>
    public static AzureRemoteStore Open(Uri address, Func<string, string?> variable, RemoteTimes times)
    {
        var parts = address.AbsolutePath.Trim('/').Split('/', 2);
        var client = AzureContainer.Open(address.Host.Split('.')[0], address.Host, parts[0], variable, times);
        return new AzureRemoteStore(client, address.AbsoluteUri.TrimEnd('/'), parts.Length < 2 ? string.Empty : parts[1] + "/");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <inheritdoc/>
    protected override Task<bool> ReadAsync(string name, Stream target, CancellationToken cancellation) => AskAsync(
        async () =>
        {
            using var answer = (await container.GetBlobClient(name).DownloadStreamingAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value;
            await answer.Content.CopyToAsync(target, cancellation).ConfigureAwait(false);
            return true;
        },
        Absent,
        isWrite: false);

    /// <inheritdoc/>
    protected override Task<long?> SizeAsync(string name, CancellationToken cancellation) => AskAsync<long?>(
        async () => (await container.GetBlobClient(name).GetPropertiesAsync(cancellationToken: cancellation).ConfigureAwait(false)).Value.ContentLength,
        Absent,
        isWrite: false);

    /// <inheritdoc/>
    protected override Task WriteAsync(string name, Stream source, bool replace, CancellationToken cancellation) => AskAsync(
        () => container.GetBlobClient(name).UploadAsync(
            source,
            new BlobUploadOptions { Conditions = replace ? null : new BlobRequestConditions { IfNoneMatch = ETag.All }, TransferOptions = new() { MaximumConcurrency = 1 } },
            cancellation),
        replace ? [] : Kept,
        isWrite: true);

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<string> NamesAsync(string beginning, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pages = container.GetBlobsAsync(new GetBlobsOptions { Prefix = beginning }, cancellation).GetAsyncEnumerator(cancellation);
        await using (pages.ConfigureAwait(false))
        {
            while (await AskAsync(() => pages.MoveNextAsync().AsTask(), [], isWrite: false).ConfigureAwait(false))
            {
                yield return pages.Current.Name;
            }
        }
    }

    // The client's own messages stay out: they quote whole answers.
    private static async Task<T?> AskAsync<T>(Func<Task<T>> ask, int[] nothing, bool isWrite)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (nothing.Contains(e.Status) && e.ErrorCode != BlobErrorCode.ContainerNotFound.ToString())
        {
            return default;
        }
        catch (RequestFailedException e) when (e.Status >= 300)
        {
            throw HttpTransport.Trouble(e.Status, null, isWrite);
        }
        catch (RequestFailedException e)
        {
            throw (Exception?)(e.InnerException as HttpRequestException) ?? new RemoteStoreException("no connection", e) { IsTransient = true };
        }
        catch (global::Azure.Identity.AuthenticationFailedException e)
        {
            throw new RemoteStoreException("the Azure SDK finds no credentials", e);
        }
    }
}

using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ModelSlim.Core.Caching;
using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.S3;

/// <summary>A bucket of Amazon S3, or of a server that speaks like it.</summary>
/// <param name="client">The client.</param>
/// <param name="place">Its address.</param>
/// <param name="bucket">The bucket.</param>
/// <param name="prefix">What all names begin with.</param>
internal sealed class S3RemoteStore(IAmazonS3 client, string place, string bucket, string prefix) : ObjectRemoteStore(place, prefix)
{
    private static readonly int[] Absent = [404, 410];
    private static readonly int[] Kept = [409, 412];

    /// <summary>Opens <c>s3://bucket/prefix</c>.</summary>
    public static S3RemoteStore Open(Uri address, Func<string, string?> variable, RemoteTimes times)
    {
        var path = address.AbsolutePath.Trim('/');
        return new S3RemoteStore(S3Client.Open(variable, times), address.AbsoluteUri.TrimEnd('/'), address.Host, path.Length == 0 ? path : path + "/");
    }

    /// <inheritdoc/>
    public override void Dispose() => client.Dispose();

    /// <inheritdoc/>
    protected override Task<bool> ReadAsync(string name, Stream target, CancellationToken cancellation) => AskAsync(
        async () =>
        {
            using var answer = await client.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = name }, cancellation).ConfigureAwait(false);
            await answer.ResponseStream.CopyToAsync(target, cancellation).ConfigureAwait(false);
            return true;
        },
        Absent,
        isWrite: false);

    /// <inheritdoc/>
    protected override Task<long?> SizeAsync(string name, CancellationToken cancellation) => AskAsync<long?>(
        async () => (await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = bucket, Key = name }, cancellation).ConfigureAwait(false)).ContentLength,
        Absent,
        isWrite: false);

    /// <inheritdoc/>
    protected override Task WriteAsync(string name, Stream source, bool replace, CancellationToken cancellation) => AskAsync(
        async () =>
        {
            // Contents are held against digests of our own, and not every server knows checksums that follow what they are of.
            var request = new PutObjectRequest { BucketName = bucket, Key = name, InputStream = source, AutoCloseStream = false, UseChunkEncoding = false };
            if (!replace)
            {
                request.IfNoneMatch = "*";
            }

            await client.PutObjectAsync(request, cancellation).ConfigureAwait(false);
            return true;
        },
        replace ? [] : Kept,
        isWrite: true);

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<string> NamesAsync(string beginning, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = bucket, Prefix = beginning };
        for (var more = true; more;)
        {
            var page = await AskAsync(() => client.ListObjectsV2Async(request, cancellation), [], isWrite: false).ConfigureAwait(false);
            foreach (var found in page?.S3Objects ?? [])
            {
                yield return found.Key;
            }

            request.ContinuationToken = page?.NextContinuationToken;
            more = page?.IsTruncated == true && request.ContinuationToken is not null;
        }
    }

    // The client's own messages stay out: they may quote what nobody should read.
    private static async Task<T?> AskAsync<T>(Func<Task<T>> ask, int[] nothing, bool isWrite)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (AmazonServiceException e) when (nothing.Contains((int)e.StatusCode))
        {
            return default;
        }
        catch (AmazonServiceException e) when ((int)e.StatusCode >= 300)
        {
            throw HttpTransport.Trouble((int)e.StatusCode, null, isWrite);
        }
        catch (AmazonServiceException e) when ((int)e.StatusCode >= 200)
        {
            throw new RemoteStoreException("its answers are not understood", e);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException)
        {
            throw (Exception?)Innermost(e) ?? new RemoteStoreException("the AWS SDK finds no credentials, or settings that do not fit", e);
        }
    }

    private static HttpRequestException? Innermost(Exception? e) => e switch
    {
        null => null,
        HttpRequestException connection => connection,
        _ => Innermost(e.InnerException),
    };
}

using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using ModelSlim.Remotes.Http;

namespace ModelSlim.Remotes.S3;

/// <summary>Clients of S3: region, endpoint and credentials as the AWS SDK and its command line find them.</summary>
internal static class S3Client
{
    private const string UsualRegion = "us-east-1";

    /// <summary>Makes a client, which finds its credentials when it is asked for something.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <param name="times">How long it may take.</param>
    public static IAmazonS3 Open(Func<string, string?> variable, RemoteTimes times)
    {
        var region = Value("AWS_REGION") ?? Value("AWS_DEFAULT_REGION");
        var config = new AmazonS3Config
        {
            HttpClientFactory = new Connections(times),
            MaxErrorRetry = 0,
            Timeout = Timeout.InfiniteTimeSpan,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if ((Value("AWS_ENDPOINT_URL_S3") ?? Value("AWS_ENDPOINT_URL")) is { } endpoint)
        {
            config.ServiceURL = endpoint;
            config.AuthenticationRegion = region ?? UsualRegion;
            config.ForcePathStyle = true;
        }
        else
        {
            config.RegionEndpoint = region is not null ? RegionEndpoint.GetBySystemName(region) : FallbackRegionFactory.GetRegionEndpoint(false) ?? RegionEndpoint.USEast1;
        }

        return (Value("AWS_ACCESS_KEY_ID"), Value("AWS_SECRET_ACCESS_KEY"), Value("AWS_SESSION_TOKEN")) switch
        {
            ({ } id, { } secret, { } session) => new AmazonS3Client(new SessionAWSCredentials(id, secret, session), config),
            ({ } id, { } secret, null) => new AmazonS3Client(new BasicAWSCredentials(id, secret), config),
            _ => new AmazonS3Client(config),
        };

        string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    private sealed class Connections(RemoteTimes times) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => HttpTransport.Client(times);

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => true;
    }
}

using System.Globalization;

namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>A server that speaks like Amazon S3.</summary>
public sealed class S3Server : RealServer
{
    public override string Program => "s3rver";

    public override string Address => "s3://cache/main";

    public override IReadOnlyDictionary<string, string> Credentials => new Dictionary<string, string>
    {
        ["AWS_ACCESS_KEY_ID"] = "S3RVER",
        ["AWS_SECRET_ACCESS_KEY"] = "S3RVER",
        ["AWS_ENDPOINT_URL_S3"] = $"http://127.0.0.1:{Port}",
    };

    protected override IEnumerable<string> Arguments() =>
    [
        "-d", Folder.FullName, "-a", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "--no-vhost-buckets", "--configure-bucket", "cache",
    ];
}

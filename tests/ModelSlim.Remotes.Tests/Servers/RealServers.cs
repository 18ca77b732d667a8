namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>The servers that are installed here, each started when it is first asked for.</summary>
public sealed class RealServers : IDisposable
{
    private readonly Dictionary<string, RealServer> servers = new(StringComparer.Ordinal)
    {
        ["nginx"] = new NginxServer(),
        ["registry"] = new RegistryServer(),
        ["azurite"] = new AzuriteServer(),
        ["s3rver"] = new S3Server(),
    };

    /// <summary>A server that runs. Skips the test where it is not installed, unless all are required.</summary>
    public RealServer Started(string name)
    {
        var started = servers[name].TryStart();
        Assert.SkipWhen(
            !started && Environment.GetEnvironmentVariable("MODELSLIM_TEST_SERVERS") != "required",
            $"{servers[name].Program} is not installed (MODELSLIM_TEST_SERVERS=required makes that a failure).");
        Assert.True(started, $"{servers[name].Program} is not installed, and MODELSLIM_TEST_SERVERS requires it.");
        return servers[name];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in servers.Values)
        {
            server.Dispose();
        }
    }
}

namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>The registry of the Docker project.</summary>
public sealed class RegistryServer : RealServer
{
    public override string Program => "docker-registry";

    public override string Address => $"oci://127.0.0.1:{Port}/team/models";

    public override IReadOnlyDictionary<string, string> Credentials { get; } = Secret("right");

    public override IReadOnlyDictionary<string, string> WrongCredentials => Secret("wrong");

    protected override IEnumerable<string> Arguments()
    {
        // "right", by bcrypt.
        var users = Folder.Write("users", "ann:$2y$04$cWaiMuxDafvVk6sChuaG7O4MwLa.DMxkMgMQCF0FhQWldl6rPbkSe\n");
        return
        [
            "serve",
            Folder.Write("registry.yml", $$"""
                version: 0.1
                log: { level: error }
                storage: { filesystem: { rootdirectory: {{Folder.File("data")}} } }
                auth: { htpasswd: { realm: cache, path: {{users}} } }
                http: { addr: "127.0.0.1:{{Port}}" }
                """),
        ];
    }

    private static Dictionary<string, string> Secret(string password) => new() { ["MODELSLIM_REMOTE_CACHE_USER"] = "ann", ["MODELSLIM_REMOTE_CACHE_PASSWORD"] = password };
}

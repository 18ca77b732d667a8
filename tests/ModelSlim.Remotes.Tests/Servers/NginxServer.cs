using System.Globalization;

namespace ModelSlim.Remotes.Tests.Servers;

/// <summary>nginx that keeps what is put there, as Bazel's documentation has it: everybody reads, who has a password writes.</summary>
public sealed class NginxServer : RealServer
{
    public override string Program => "nginx";

    public override string Address => $"http://127.0.0.1:{Port}/main";

    public override bool Lists => false;

    public override IReadOnlyDictionary<string, string> Credentials { get; } = Secret("right");

    public override IReadOnlyDictionary<string, string> WrongCredentials => Secret("wrong");

    protected override IEnumerable<string> Arguments()
    {
        Folder.Write("users", "ann:{PLAIN}right\n");
        var configuration = Folder.Write("nginx.conf", string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off;
            master_process off;
            pid {{Folder.File("pid")}};
            error_log {{Folder.File("error.log")}};
            events {}
            http {
              access_log off;
              client_body_temp_path {{Folder.File("temp")}};
              client_max_body_size 4g;
              proxy_temp_path {{Folder.File("p")}};
              fastcgi_temp_path {{Folder.File("f")}};
              uwsgi_temp_path {{Folder.File("u")}};
              scgi_temp_path {{Folder.File("s")}};
              server {
                listen 127.0.0.1:{{Port}};
                root {{Folder.File("data")}};
                location ~ "^/main/(ac|cas)/[0-9a-f]{64}$" {
                  dav_methods PUT;
                  create_full_put_path on;
                  limit_except GET HEAD { auth_basic cache; auth_basic_user_file {{Folder.File("users")}}; }
                }
              }
            }
            """));
        return ["-c", configuration, "-p", Folder.FullName, "-e", Folder.File("error.log")];
    }

    private static Dictionary<string, string> Secret(string password) => new() { ["MODELSLIM_REMOTE_CACHE_USER"] = "ann", ["MODELSLIM_REMOTE_CACHE_PASSWORD"] = password };
}

using System.CommandLine;
using ModelSlim.Core.Caching;
using ModelSlim.Remotes;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Options;

/// <summary>The options of verbs that share results.</summary>
internal sealed class RemoteOptions
{
    private readonly Option<string?> address = new("--remote-cache")
    {
        Description = "Address of the cache that a team shares, or none; where it is left out, MODELSLIM_REMOTE_CACHE",
        HelpName = "URL",
    };

    private readonly Option<string?> mode = new("--remote-cache-mode")
    {
        Description = "read or readwrite; where it is left out, MODELSLIM_REMOTE_CACHE_MODE or readwrite",
        HelpName = "MODE",
    };

    /// <summary>Makes the options.</summary>
    public RemoteOptions() => mode.AcceptOnlyFromAmong([.. RemoteCaches.Modes]);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(address);
        command.Options.Add(mode);
    }

    /// <summary>Opens the remote cache that a command line or the environment names.</summary>
    /// <returns>The remote cache; null where there is none, or none that can be used, which has been said then.</returns>
    public RemoteCache? Open(ParseResult line, VerbContext context) => context.OpenRemote(line.GetValue(address), line.GetValue(mode));
}

using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// What one model learned of a remote cache that cannot be used spares the others of a build the wait and the warning: each has a
/// process of its own. A build with several nodes learns it once a node.
/// </summary>
internal static class RemoteSwitch
{
    /// <summary>What the tool says where the remote cache cannot be used.</summary>
    public const string Unusable = "MSLIM3022";

    /// <summary>What the tool says where it does not take what the remote cache has.</summary>
    public const string EntryRefused = "MSLIM3023";

    private const string Key = "ModelSlim: the remote cache cannot be used in this build";

    /// <summary>True where the remote cache could not be used before.</summary>
    public static bool IsOff(IBuildEngine? engine) =>
        (engine as IBuildEngine4)?.GetRegisteredTaskObject(Key, RegisteredTaskObjectLifetime.Build) is not null;

    /// <summary>Remembers for the rest of the build that the remote cache cannot be used, if a tool said so.</summary>
    public static void Heed(IBuildEngine? engine, ToolEventLog said)
    {
        if (said.HasSaid(Unusable))
        {
            (engine as IBuildEngine4)?.RegisterTaskObject(Key, Key, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
        }
    }
}

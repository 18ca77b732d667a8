using System.Collections.Immutable;
using ModelSlim.Core.Lossless;

namespace ModelSlim.Tool.Rendering;

/// <summary>What goes without changing any output, in a line.</summary>
internal static class LosslessText
{
    /// <summary>Such as <c>7 channels change no output: 3 dead, 4 duplicate</c>; empty where there are none.</summary>
    public static string Of(ImmutableArray<LosslessRemoval> removals)
    {
        var kinds = removals.GroupBy(removal => removal.Kind).OrderBy(kind => kind.Key)
            .Select(kind => $"{kind.Sum(removal => removal.Channels)} {kind.Key.ToString().ToLowerInvariant()}");
        return removals.IsEmpty
            ? string.Empty
            : $"{removals.Sum(removal => removal.Channels)} channels change no output and go first: {string.Join(", ", kinds)}";
    }
}

using System.Collections.Immutable;

namespace ModelSlim.Core.Reports;

/// <summary>A channel group.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Members">The axes that get shorter with it, as <c>name[axis]</c>.</param>
public sealed record GroupReport(string Id, int Channels, ImmutableArray<string> Members);

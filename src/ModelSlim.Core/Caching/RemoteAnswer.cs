using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Caching;

/// <summary>What came of asking a remote store. Trouble with it is never an error: the result can be made here.</summary>
/// <param name="Succeeded">True where the result is now on the other side.</param>
/// <param name="Diagnostics">Warnings.</param>
public sealed record RemoteAnswer(bool Succeeded, ImmutableArray<Diagnostic> Diagnostics);

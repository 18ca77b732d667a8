using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Caching;

/// <summary>What a store says to a question. Trouble with a store is never an error: the result can be made anew.</summary>
/// <param name="Artifact">The artifact; null where the store has none or could not take it.</param>
/// <param name="Diagnostics">Warnings and notes.</param>
public sealed record StoreAnswer(StoredArtifact? Artifact, ImmutableArray<Diagnostic> Diagnostics);

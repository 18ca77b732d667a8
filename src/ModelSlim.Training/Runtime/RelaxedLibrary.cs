using System.Collections.Immutable;

namespace ModelSlim.Training.Runtime;

/// <summary>A library after <see cref="VersionNeedRelaxation"/>.</summary>
/// <param name="Bytes">The library, changed or as it was.</param>
/// <param name="Relaxed">Versions that are now optional; empty where nothing had to change.</param>
/// <param name="Unmet">Versions that the library really uses and the machine does not have; it cannot load.</param>
internal sealed record RelaxedLibrary(ReadOnlyMemory<byte> Bytes, ImmutableArray<string> Relaxed, ImmutableArray<string> Unmet);

using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes;

/// <summary>One glob of <c>prune.ignore</c>.</summary>
/// <param name="Glob">The glob: <c>*</c> any run of characters, <c>?</c> one character.</param>
/// <param name="Location">Where prune.yaml has it.</param>
public sealed record IgnorePattern(string Glob, SourceSpan? Location);

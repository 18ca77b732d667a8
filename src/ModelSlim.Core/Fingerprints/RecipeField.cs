namespace ModelSlim.Core.Fingerprints;

/// <summary>One setting of a recipe.</summary>
/// <param name="Name">Its path in prune.yaml, such as <c>target.macs</c>.</param>
/// <param name="Value">Its value as text that is the same on every machine; <c>none</c> where it is not set.</param>
/// <param name="Affects">What it can change.</param>
public sealed record RecipeField(string Name, string Value, Affects Affects);

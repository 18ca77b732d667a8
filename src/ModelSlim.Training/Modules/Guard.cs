namespace ModelSlim.Training.Modules;

/// <summary>When a step of a branch runs.</summary>
/// <param name="Condition">Number of the flag it depends on: one element.</param>
/// <param name="Holds">What the flag must be.</param>
public readonly record struct Guard(int Condition, bool Holds);

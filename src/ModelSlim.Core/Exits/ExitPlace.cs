namespace ModelSlim.Core.Exits;

/// <summary>A place at which a network can be left: a value that the rest depends on alone, and how a head reads it.</summary>
/// <param name="Value">Name of the value, [N, C, spatial ...] or [N, C].</param>
/// <param name="Window">How it becomes features.</param>
/// <param name="MacsBefore">Multiply-accumulates of one sample up to the value.</param>
public sealed record ExitPlace(string Value, PoolWindow Window, long MacsBefore);

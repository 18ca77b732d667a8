namespace ModelSlim.Core.Caching;

/// <summary>How much a store may keep.</summary>
/// <param name="MaxSize">Most bytes of results, records and damaged files together; null means any number.</param>
/// <param name="MaxAge">Longest time since a result was used last; null means any.</param>
public sealed record StoreLimits(long? MaxSize, TimeSpan? MaxAge = null);

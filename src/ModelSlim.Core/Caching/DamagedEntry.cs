namespace ModelSlim.Core.Caching;

/// <summary>Something in a store that is not what was put there.</summary>
/// <param name="Name">Name of its file: the key of a record or the digest of a content.</param>
/// <param name="IsRecord">True for a record, false for a content.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="IsSetAside">True where it was moved away; false where that is not allowed.</param>
public sealed record DamagedEntry(string Name, bool IsRecord, string Problem, bool IsSetAside);

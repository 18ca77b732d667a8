namespace ModelSlim.Core.Caching;

/// <summary>Somebody's word for a record.</summary>
/// <param name="KeyId">Which key: the first digits of the SHA-256 of its public half.</param>
/// <param name="Value">The signature, in Base64.</param>
public sealed record RecordSignature(string KeyId, string Value);

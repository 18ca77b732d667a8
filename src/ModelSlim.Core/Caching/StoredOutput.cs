using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Caching;

/// <summary>One file of a stored artifact.</summary>
/// <param name="Name">What it is, such as <c>model.onnx</c>; not a path.</param>
/// <param name="Digest">Its content.</param>
public sealed record StoredOutput(string Name, ContentDigest Digest);

using System.Collections.Immutable;

namespace ModelSlim.Training.Runtime;

/// <summary>libtorch, loaded into this process; TorchSharp can be called from now on.</summary>
/// <param name="LibTorch">Where libtorch came from.</param>
/// <param name="Backend">TorchSharp's native library: a full path.</param>
/// <param name="Relaxed">Symbol versions that were made optional in a private copy of <paramref name="Backend"/>; empty where
/// it was loaded as it is.</param>
public sealed record TorchRuntime(LibTorchDirectory LibTorch, string Backend, ImmutableArray<string> Relaxed);

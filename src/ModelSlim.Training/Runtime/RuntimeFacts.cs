using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Training.Runtime;

/// <summary>What <c>modelslim doctor</c> says about fine-tuning on this machine.</summary>
/// <param name="Host">The machine.</param>
/// <param name="StandardLibrary">Highest version of the C++ library, such as <c>GLIBCXX_3.4.30</c>; null where there is none.</param>
/// <param name="LibTorchVersion">Version of libtorch that is wanted.</param>
/// <param name="LibTorch">Where it is; null where it is not here.</param>
/// <param name="NumericsClass">How results are computed; null where this machine cannot.</param>
/// <param name="Numerics">What a worker read back from libtorch; null where it could not be loaded.</param>
/// <param name="Relaxed">Symbol versions that were made optional in a private copy to load it.</param>
/// <param name="Checksum">SHA-256 of a fixed small net after training: equal on all machines of one class; null where it did
/// not run.</param>
/// <param name="Problems">What is wrong; empty where fine-tuning works.</param>
public sealed record RuntimeFacts(
    HostPlatform Host,
    string? StandardLibrary,
    string LibTorchVersion,
    LibTorchDirectory? LibTorch,
    string? NumericsClass,
    NumericsReading? Numerics,
    ImmutableArray<string> Relaxed,
    string? Checksum,
    ImmutableArray<Diagnostic> Problems);

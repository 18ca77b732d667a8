namespace ModelSlim.Fuzzing;

/// <summary>What a parser did with many damaged files.</summary>
/// <param name="Parser">Its name.</param>
/// <param name="Inputs">How many files it was given.</param>
/// <param name="Accepted">How many of them were a value to it; it refused the others.</param>
/// <param name="LargestAllocation">The most bytes that it allocated for one file, all in all.</param>
/// <param name="Slowest">The most processor time that it took for one file.</param>
public sealed record FuzzTally(string Parser, long Inputs, long Accepted, long LargestAllocation, TimeSpan Slowest)
{
    /// <summary>How many it refused.</summary>
    public long Rejected => Inputs - Accepted;
}

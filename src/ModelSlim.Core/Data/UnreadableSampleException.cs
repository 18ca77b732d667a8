using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Data;

/// <summary>
/// A sample could be opened but not read: its file is damaged or changed. An exception, because it comes up in the middle of
/// loops that otherwise cannot fail.
/// </summary>
/// <param name="diagnostic">What to tell the user: the file, and the place of the data in the recipe.</param>
public sealed class UnreadableSampleException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    /// <summary>What to tell the user.</summary>
    public Diagnostic Diagnostic => diagnostic;
}

namespace ModelSlim.Core.Diagnostics;

/// <summary>One kind of diagnostic: its code and what it means. All of them are in <see cref="DiagnosticCodes"/>.</summary>
/// <param name="Code"><c>MSLIM</c> and four digits; never used again for something else.</param>
/// <param name="Severity">How serious it is.</param>
/// <param name="ExitCode">What <c>modelslim</c> exits with when it ends the work.</param>
/// <param name="Title">What is wrong, in a few words.</param>
/// <param name="Fix">What to do about it, in a sentence.</param>
public sealed record DiagnosticDescriptor(string Code, Severity Severity, ExitCode ExitCode, string Title, string Fix)
{
    /// <summary>Makes a diagnostic of this kind.</summary>
    /// <param name="message">What is wrong here; what to do. One line.</param>
    /// <param name="location">Where, if the user can look there.</param>
    public Diagnostic At(SourceSpan? location, string message) => new(this, DisplayText.OneLine(message), location);

    /// <summary>Makes a diagnostic of this kind that has no place in a file.</summary>
    public Diagnostic Says(string message) => new(this, DisplayText.OneLine(message), null);
}

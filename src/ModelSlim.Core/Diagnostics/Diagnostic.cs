namespace ModelSlim.Core.Diagnostics;

/// <summary>Something to tell the user.</summary>
/// <param name="Descriptor">What kind of thing.</param>
/// <param name="Message">One line: what is wrong; what to do.</param>
/// <param name="Location">Where, if known.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message, SourceSpan? Location)
{
    /// <summary>The code, such as <c>MSLIM1103</c>.</summary>
    public string Code => Descriptor.Code;

    /// <summary>How serious it is.</summary>
    public Severity Severity => Descriptor.Severity;

    /// <summary>Writes the canonical form that MSBuild and editors understand: <c>file(1,2): error MSLIM1103: text</c>.</summary>
    public override string ToString()
    {
        var place = Location is null ? "modelslim" : Location.ToString();
        return $"{place}: {Severity.ToString().ToLowerInvariant()} {Code}: {Message}";
    }
}

namespace ModelSlim.Tool.Options;

/// <summary>How much is said, in the words of the .NET SDK.</summary>
internal enum Verbosity
{
    /// <summary>Errors and warnings, and what was asked for.</summary>
    Quiet,

    /// <summary>A line for what was done, too.</summary>
    Minimal,

    /// <summary>Tables and progress, too.</summary>
    Normal,

    /// <summary>Notes and every step of progress, too.</summary>
    Detailed,

    /// <summary>Everything, with stack traces.</summary>
    Diagnostic,
}

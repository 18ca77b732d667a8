namespace ModelSlim.Core.Diagnostics;

/// <summary>How serious a diagnostic is.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>The work goes on, but the user should look.</summary>
    Warning,

    /// <summary>The work cannot go on.</summary>
    Error,
}

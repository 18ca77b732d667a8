namespace ModelSlim.Core.Diagnostics;

/// <content>0: the host and its usage.</content>
public static partial class DiagnosticCodes
{
    /// <summary>The command line is wrong.</summary>
    public static readonly DiagnosticDescriptor CommandLine = new(
        "MSLIM0001", Severity.Error, ExitCode.CommandLine, "Wrong command line", "See modelslim --help.");

    /// <summary>The operating system refuses to read or write a file.</summary>
    public static readonly DiagnosticDescriptor FileAccess = new(
        "MSLIM0002", Severity.Error, ExitCode.Failed, "File cannot be read or written", "Check the path, its rights and the space left on the disk.");

    /// <summary>The time that <c>--timeout</c> allows is over.</summary>
    public static readonly DiagnosticDescriptor TimedOut = new(
        "MSLIM0003", Severity.Error, ExitCode.Failed, "Out of time", "Allow more with --timeout, or in a build with ModelSlimTimeout, or ask for fewer epochs or samples.");

    /// <summary>A file that would be written is there already.</summary>
    public static readonly DiagnosticDescriptor FileExists = new(
        "MSLIM0004", Severity.Error, ExitCode.Failed, "File exists already", "Remove it, name another, or use --force.");
}

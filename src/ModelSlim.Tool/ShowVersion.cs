using System.CommandLine;
using System.CommandLine.Invocation;

namespace ModelSlim.Tool;

/// <summary>Answers <c>--version</c>.</summary>
/// <param name="output">Standard output.</param>
internal sealed class ShowVersion(TextWriter output) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        output.WriteLine(ToolHost.Version);
        return 0;
    }
}

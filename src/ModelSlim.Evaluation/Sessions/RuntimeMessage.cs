using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>What ONNX Runtime says when it fails, in one line a user can read.</summary>
internal static partial class RuntimeMessage
{
    private const int Longest = 300;

    /// <summary>First line of the message, without the error code in brackets and the place in the runtime's own source.</summary>
    public static string Of(OnnxRuntimeException exception) => Of(exception.Message);

    /// <summary>The same, of the message itself.</summary>
    public static string Of(string message)
    {
        var line = message.Split('\n', 2)[0].Trim();
        if (line.StartsWith("[ErrorCode:", StringComparison.Ordinal) && line.IndexOf(']') is var end and > 0)
        {
            line = line[(end + 1)..].Trim();
        }

        line = SourcePlace().Replace(line, string.Empty);
        return line.Length > Longest ? $"{line[..Longest]}..." : line;
    }

    // A file and a line, then the signature of a function.
    [GeneratedRegex(@"\S+\.(?:h|hpp|cc|cpp|cu|cuh):\d+ [^()]*\([^()]*\)(?: const)? ", RegexOptions.CultureInvariant)]
    private static partial Regex SourcePlace();
}

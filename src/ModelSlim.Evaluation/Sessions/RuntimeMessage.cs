using Microsoft.ML.OnnxRuntime;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>What ONNX Runtime says when it fails, in one line a user can read.</summary>
internal static class RuntimeMessage
{
    private const int Longest = 300;

    /// <summary>First line of the message, without the error code in brackets.</summary>
    public static string Of(OnnxRuntimeException exception)
    {
        var line = exception.Message.Split('\n', 2)[0].Trim();
        if (line.StartsWith("[ErrorCode:", StringComparison.Ordinal) && line.IndexOf(']') is var end and > 0)
        {
            line = line[(end + 1)..].Trim();
        }

        return line.Length > Longest ? $"{line[..Longest]}..." : line;
    }
}

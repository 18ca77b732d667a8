using Google.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Parses a message from a file so that a length in it is held against what is there. A parser that is given a stream takes the
/// memory that a name says to need before it finds that the file ends.
/// </summary>
internal static class WholeMessage
{
    /// <summary>Parses all of a file.</summary>
    /// <param name="parser">The parser of the message.</param>
    /// <param name="stream">The file; it can seek.</param>
    /// <exception cref="InvalidProtocolBufferException">The file is no whole message.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static T Parse<T>(MessageParser<T> parser, Stream stream)
        where T : IMessage<T>
    {
        stream.Position = 0;
        if (stream.Length > Array.MaxLength)
        {
            // No length that the parser takes is larger than such a file.
            return parser.ParseFrom(stream);
        }

        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return parser.ParseFrom(bytes);
    }
}

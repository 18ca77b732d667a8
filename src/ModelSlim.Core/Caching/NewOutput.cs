namespace ModelSlim.Core.Caching;

/// <summary>One file to put into the store.</summary>
/// <param name="Name">What it is, such as <c>model.onnx</c>; not a path.</param>
/// <param name="Write">Writes its content to a stream that cannot seek.</param>
public sealed record NewOutput(string Name, Action<Stream> Write)
{
    /// <summary>An output from memory.</summary>
    public static NewOutput From(string name, ReadOnlyMemory<byte> content) => new(name, stream => stream.Write(content.Span));
}

using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class OnnxWriterTests
{
    public static TheoryData<string> Kinds => [.. SmallNets.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_unchanged_model_is_written_byte_for_byte(string kind)
    {
        var bytes = new OnnxWriter().Write(SmallNets.Make(kind));

        var again = new OnnxReader().Read(bytes).Value!;

        Assert.Equal(bytes, new OnnxWriter().Write(again));
        Assert.Equal(bytes.Length, new OnnxWriter().Size(again));
    }
}

using System.Runtime.InteropServices;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Sessions;

public sealed class AlignedBytesTests
{
    [Fact]
    public void What_a_run_puts_out_can_be_fed_to_another_without_a_copy()
    {
        var builder = new ModelBuilder();
        var value = builder.Input("x", 1, 1 << 17);
        for (var i = 0; i < 8; i++)
        {
            value = builder.Output(builder.Relu(value));
        }

        using var session = new SessionFactory().Open(builder.Build(), SessionSettings.AsIs).Value!;
        var outputs = session.Run([TensorData.From([1, 1 << 17], new float[1 << 17])], TestContext.Current.CancellationToken).Value!;

        foreach (var output in outputs)
        {
            Assert.True(MemoryMarshal.TryGetArray(output!.Bytes, out var bytes));
            var pin = GCHandle.Alloc(bytes.Array, GCHandleType.Pinned);
            Assert.Equal(0, (pin.AddrOfPinnedObject() + bytes.Offset) % AlignedBytes.Alignment);
            pin.Free();
        }
    }
}

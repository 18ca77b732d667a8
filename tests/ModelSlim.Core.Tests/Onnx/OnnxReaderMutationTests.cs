using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Onnx;

public sealed class OnnxReaderMutationTests
{
    /// <summary>Files with random bytes changed are read or refused; nothing else happens.</summary>
    [Theory]
    [InlineData("chain", 1)]
    [InlineData("vgg", 2)]
    public void A_damaged_file_is_a_model_or_an_error(string kind, long seed)
    {
        var original = new OnnxWriter().Write(SmallNets.Make(kind));
        var random = new SplitMix(seed, kind);
        var refused = 0;
        for (var trial = 0; trial < 1500; trial++)
        {
            var file = original.ToArray();
            for (var edits = 1 + random.NextInt(5); edits > 0; edits--)
            {
                // Weights make most of the file; the structure is what is worth hitting.
                var at = random.NextInt(4) == 0 ? random.NextInt(file.Length) : Structure(original, random);
                file[at] = (byte)random.NextInt(256);
            }

            var result = new OnnxReader().Read(file);
            if (result.Succeeded)
            {
                Assert.NotEmpty(new OnnxWriter().Write(result.Value.With(result.Value.Graph with { Name = "other" })));
            }
            else
            {
                refused++;
                Assert.NotEmpty(result.Diagnostics);
            }
        }

        Assert.InRange(refused, 100, 1400);
    }

    /// <summary>A place near a byte that looks like text, as names and field tags are.</summary>
    private static int Structure(byte[] file, SplitMix random)
    {
        while (true)
        {
            var at = random.NextInt(file.Length - 4);
            if (file.AsSpan(at, 4).IndexOfAnyExceptInRange((byte)1, (byte)127) < 0)
            {
                return at;
            }
        }
    }
}

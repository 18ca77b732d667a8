using System.Collections.Immutable;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Testing;

/// <summary>Classifiers whose first layers are cheap and whose last ones are not, and pictures of which most are easy to tell apart.</summary>
public static class ExitNets
{
    /// <summary>Shape of a picture.</summary>
    public static ImmutableArray<int> Picture { get; } = [3, 16, 16];

    /// <summary>Two small Conv, a residual block of many channels, pooling and Gemm to 6 classes. Input x [1, 3, 16, 16].</summary>
    /// <param name="batch">Symbol of the batch axis; null for a fixed batch of 1.</param>
    /// <param name="opset">Version of the ONNX operators.</param>
    /// <param name="last">An operator behind the logits, such as Softmax; empty for none.</param>
    /// <param name="channels">Channels of the block.</param>
    /// <param name="normalized">Puts BatchNormalization behind the last Conv.</param>
    public static OnnxModel Late(string? batch = null, int opset = 17, string last = "", int channels = 48, bool normalized = false)
    {
        var builder = new ModelBuilder(3, opset, batch);
        var x = builder.Relu(builder.Conv(builder.Input("x", [1, .. Picture]), 12, kernel: 3, pad: 1));
        x = builder.Relu(builder.Conv(x, channels, kernel: 3, pad: 1));
        var inner = builder.Relu(builder.Conv(x, channels, kernel: 3, pad: 1));
        x = builder.Relu(builder.Add(builder.Conv(inner, channels, kernel: 3, pad: 1), x));
        x = builder.Conv(x, channels, kernel: 3, pad: 1);
        x = builder.Relu(normalized ? builder.BatchNormalization(x) : x);
        x = builder.Gemm(builder.Flatten(builder.MaxPool(x, kernel: 8, stride: 8)), 6);
        builder.Output(last.Length == 0 ? x : builder.Node(last, [x], [1, 6]));
        return builder.Build();
    }

    /// <summary>Pictures, one after the other: three of four are a prototype of 8 with a little noise, the others are noise alone.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Their seed.</param>
    public static float[] Pictures(int count, long seed)
    {
        var size = Picture.Aggregate(1, (all, extent) => all * extent);
        var prototypes = Enumerable.Range(0, 8).Select(i => Noise(size, i, "prototype")).ToArray();
        var pictures = new float[count * size];
        for (var i = 0; i < count; i++)
        {
            var noise = Noise(size, (seed * 1_000_003) + i, "picture");
            for (var p = 0; p < size; p++)
            {
                pictures[(i * size) + p] = i % 4 == 3 ? noise[p] : prototypes[i % 8][p] + (0.2f * noise[p]);
            }
        }

        return pictures;
    }

    private static float[] Noise(int size, long seed, string stream)
    {
        var random = new Core.Data.SplitMix(seed, stream);
        return [.. Enumerable.Range(0, size).Select(_ => (2 * random.NextSingle()) - 1)];
    }
}

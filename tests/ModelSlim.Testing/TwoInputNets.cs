using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Testing;

/// <summary>A classifier of token ids [N, 6] and a vector [N, 5], and samples for it.</summary>
public static class TwoInputNets
{
    /// <summary>Number of classes.</summary>
    public const int Classes = 3;

    private const int Words = 20;
    private const int Length = 6;
    private const int Width = 5;

    /// <summary>Embedding and mean of the ids, a layer for the vector, two layers for both.</summary>
    public static OnnxModel Make(long seed = 1, string? batch = "N")
    {
        var net = new ModelBuilder(seed, batch: batch);
        var (ids, x) = (net.Ids("ids", 1, Length), net.Input("x", 1, Width));
        var table = net.Initializer("table", [Words, 24], -1, 1);
        var words = net.Node("Gather", [table, ids], [1, Length, 24]);
        var text = net.Node(
            "ReduceMean", [words], [1, 24], ("axes", new AttributeValue.Ints([1])), ("keepdims", new AttributeValue.Int(0)));
        var both = net.Concat(1, net.Relu(net.Gemm(text, 32)), net.Relu(net.Gemm(x, 32)));
        net.Output(net.Gemm(net.Relu(net.Gemm(both, 32)), Classes));
        return net.Build();
    }

    /// <summary>An archive with arrays <c>ids</c>, <c>x</c> and <c>labels</c>; the label follows from both inputs.</summary>
    public static byte[] Archive(int samples, long seed)
    {
        var (ids, x, labels) = (new long[samples * Length], new float[samples * Width], new long[samples]);
        var random = new Core.Data.SplitMix(seed);
        for (var sample = 0; sample < samples; sample++)
        {
            var word = random.NextInt(Words);
            for (var i = 0; i < Length; i++)
            {
                ids[(sample * Length) + i] = word;
            }

            for (var i = 0; i < Width; i++)
            {
                x[(sample * Width) + i] = (2 * random.NextSingle()) - 1;
            }

            labels[sample] = word % 2 == 0 ? 0 : x[sample * Width] > 0 ? 1 : 2;
        }

        return DataFiles.Npz(
            packed: true,
            ("ids", DataFiles.Npy("<i8", $"{samples}, {Length}", DataFiles.Bytes(ids))),
            ("x", DataFiles.Npy("<f4", $"{samples}, {Width}", DataFiles.Bytes(x))),
            ("labels", DataFiles.Npy("<i8", $"{samples},", DataFiles.Bytes(labels))));
    }
}

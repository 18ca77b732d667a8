using ModelSlim.Core.Importance;
using ModelSlim.Core.Tensors;
using ModelSlim.Core.Tests.Dependencies;

namespace ModelSlim.Core.Tests.Importance;

/// <summary>A net with one group of three channels: two numbers make each channel, one reads it.</summary>
internal static class ScoredNet
{
    /// <summary>Scores the three channels.</summary>
    /// <param name="criterion">How.</param>
    /// <param name="made">Weights [3, 2] that make the channels.</param>
    /// <param name="read">Weights [3] that read them.</param>
    /// <param name="scales">Factors [3] of each batch normalization between.</param>
    public static double[] Score(ImportanceCriterion criterion, float[] made, float[] read, params float[][] scales)
    {
        var net = new AnalysedNet(b =>
        {
            var x = b.Conv(b.Input("x", 1, 2, 1, 1), b.Initializer("made", TensorData.From([3, 2, 1, 1], made)), "");
            foreach (var scale in scales)
            {
                var name = b.NewName("norm");
                string Stored(string part, float[] values) => b.Initializer($"{name}.{part}", TensorData.From([3], values));
                x = b.BatchNormalization(
                    x, Stored("scale", scale), Stored("shift", [7, 8, 9]), Stored("mean", [4, 5, 6]), Stored("variance", [1, 2, 3]));
            }

            b.Output(b.Conv(b.Relu(x), b.Initializer("read", TensorData.From([1, 3, 1, 1], read)), ""));
        });
        return [.. Assert.Single(criterion.Score(net.Index, net.Dependencies).ByGroup).Value];
    }

    /// <summary>Compares scores with raw ones, which are divided by their mean first.</summary>
    public static void AssertScores(double[] raw, double[] actual)
    {
        var mean = raw.Average();
        Assert.Equal(raw.Length, actual.Length);
        Assert.All(raw.Zip(actual), pair => Assert.Equal(pair.First / mean, pair.Second, 1e-9));
    }
}

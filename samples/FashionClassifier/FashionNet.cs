using Microsoft.ML.OnnxRuntime;

namespace FashionClassifier;

/// <summary>The classifier: an ONNX file in ONNX Runtime, on one thread.</summary>
public sealed class FashionNet : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _input;

    /// <summary>Loads a model with an input [1, 1, 28, 28] and an output [1, 10].</summary>
    public FashionNet(string path)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(path, options);
        _input = _session.InputNames[0];
        Bytes = new FileInfo(path).Length;
    }

    /// <summary>Size of the file.</summary>
    public long Bytes { get; }

    /// <summary>Says which of <see cref="FashionSet.Names"/> a picture shows.</summary>
    public int Classify(ReadOnlyMemory<byte> pixels)
    {
        var values = new float[FashionSet.Side * FashionSet.Side];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ((pixels.Span[i] / 255f) - 0.286f) / 0.353f;
        }

        using var input = OrtValue.CreateTensorValueFromMemory(values, [1, 1, FashionSet.Side, FashionSet.Side]);
        using var run = new RunOptions();
        using var outputs = _session.Run(run, [_input], [input], _session.OutputNames);
        var scores = outputs[0].GetTensorDataAsSpan<float>();
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    /// <summary>Share of the pictures that it gets right, on all cores.</summary>
    public double Accuracy(FashionSet set) =>
        Enumerable.Range(0, set.Count).AsParallel().Count(index => Classify(set.Pixels(index)) == set.Label(index)) / (double)set.Count;

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}

using System.Collections.Immutable;
using ModelSlim.Core.Data;

namespace ModelSlim.Training.Tests.FineTuning;

/// <summary>Pictures whose class is where a bright patch lies: easy to learn, made from a seed.</summary>
internal sealed class SyntheticSamples(ImmutableArray<int> shape, int classes, int count, bool labelled = true, bool whole = false) : SampleSet
{
    public override int Count => count;

    public override ImmutableArray<ImmutableArray<int>> Shapes => [shape];

    public override bool HasLabels => labelled;

    public override bool IsWhole(int input) => whole;

    public override Batch Read(ReadOnlySpan<int> indices)
    {
        var width = shape.Aggregate(1, (product, extent) => product * extent);
        var values = new float[indices.Length * width];
        var labels = new int[indices.Length];
        for (var row = 0; row < indices.Length; row++)
        {
            var random = new SplitMix(indices[row], "sample");
            labels[row] = random.NextInt(classes);
            for (var i = 0; i < width; i++)
            {
                var bright = i * classes / width == labels[row];
                values[(row * width) + i] = (2 * random.NextSingle()) - 1 + (bright ? 1.5f : 0);
            }
        }

        return new Batch(indices.Length, [values], labelled ? labels : []);
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Data;

namespace ModelSlim.Training.Tests.Checkpoints;

/// <summary>Samples that end a training: with a crash or a cancellation, after they were read some times.</summary>
internal sealed class BrittleSamples(SampleSet all, int crashAfter, int cancelAfter, CancellationTokenSource cancel) : SampleSet
{
    private int reads;

    public override int Count => all.Count;

    public override ImmutableArray<ImmutableArray<int>> Shapes => all.Shapes;

    public override bool HasLabels => all.HasLabels;

    public override Batch Read(ReadOnlySpan<int> indices)
    {
        if (++reads == cancelAfter)
        {
            cancel.Cancel();
        }

        return reads > crashAfter ? throw new InvalidOperationException("The test ends it here.") : all.Read(indices);
    }
}

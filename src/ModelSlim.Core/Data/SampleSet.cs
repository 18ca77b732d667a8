using System.Collections.Immutable;

namespace ModelSlim.Core.Data;

/// <summary>A data set that a recipe names, already preprocessed to what the model's inputs want.</summary>
public abstract class SampleSet : IDisposable
{
    /// <summary>Number of samples.</summary>
    public abstract int Count { get; }

    /// <summary>Shape of one sample, without the axis of samples where the model has one, for each model input in order; for images [C, H, W].</summary>
    public abstract ImmutableArray<ImmutableArray<int>> Shapes { get; }

    /// <summary>True where every sample has a class index as its label.</summary>
    public abstract bool HasLabels { get; }

    /// <summary>Names of the classes in order of their numbers, where the samples lie in class folders; null where there are none.</summary>
    public virtual ImmutableArray<string>? Classes => null;

    /// <summary>True where a sample is all of an input, which has no axis of samples then (<see cref="SampleInput.IsWhole"/>).</summary>
    /// <param name="input">Place of the input.</param>
    public virtual bool IsWhole(int input) => false;

    /// <summary>Reads samples in the order asked for. Safe to call from several threads.</summary>
    /// <param name="indices">Which samples, each from 0 to <see cref="Count"/> - 1; repeats allowed.</param>
    /// <exception cref="UnreadableSampleException">A file is damaged or changed.</exception>
    public abstract Batch Read(ReadOnlySpan<int> indices);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of files.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

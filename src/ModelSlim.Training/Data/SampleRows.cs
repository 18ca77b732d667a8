using System.Collections.Immutable;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Data;

/// <summary>Stored values of one model input, one row a sample, read row by row.</summary>
internal abstract class SampleRows : IDisposable
{
    /// <summary>Where the rows are, for messages: the file, and the part of it.</summary>
    public abstract string Name { get; }

    /// <summary>Element type.</summary>
    public abstract ElementType Type { get; }

    /// <summary>Number of rows that are read, from the front.</summary>
    public abstract int Rows { get; }

    /// <summary>Number of rows that there are.</summary>
    public abstract int DeclaredRows { get; }

    /// <summary>Shape of one row.</summary>
    public abstract ImmutableArray<int> RowShape { get; }

    /// <summary>Elements of one row.</summary>
    public int RowLength => checked((int)TensorData.Count(RowShape));

    /// <summary>Reads one row. Safe to call from several threads.</summary>
    /// <param name="row">Which row.</param>
    /// <param name="target"><see cref="RowLength"/> elements.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or changed since it was opened; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract void ReadRow(int row, Span<float> target);

    /// <inheritdoc/>
    public abstract void Dispose();
}

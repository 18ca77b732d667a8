namespace ModelSlim.Fuzzing;

/// <summary>A parser of files from outside, and what it promises whatever it is given.</summary>
public abstract class FuzzTarget : IDisposable
{
    /// <summary>Its name on a command line.</summary>
    public abstract string Name { get; }

    /// <summary>Valid files, small, of every form that the parser knows.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>
    /// Reads a file. True where it is a value, false where the parser refuses it in the way of its contract; whatever else it does is
    /// a finding, and so is any exception.
    /// </summary>
    public abstract bool Read(byte[] file);

    /// <summary>The most that reading may allocate, all in all, in bytes.</summary>
    /// <param name="length">Length of the file.</param>
    public virtual long MostAllocated(int length) => (4L << 20) + (512L * length);

    /// <summary>The file with the checksums that it would have, so that damage reaches what is behind them.</summary>
    public virtual byte[] Seal(byte[] file) => file;

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

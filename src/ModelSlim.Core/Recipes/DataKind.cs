namespace ModelSlim.Core.Recipes;

/// <summary>File formats of samples.</summary>
public enum DataKind
{
    /// <summary>IDX files as of MNIST, plain or gzip.</summary>
    Idx,

    /// <summary>A folder of pictures; one sub-folder a class, in ordinal order, or no sub-folders and no labels.</summary>
    Images,

    /// <summary>NumPy arrays.</summary>
    Npy,
}

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

    /// <summary>A table of numbers, one row a sample, plain or gzip.</summary>
    Csv,

    /// <summary>An archive of named NumPy arrays, one for each input of the model.</summary>
    Npz,

    /// <summary>A folder of tensors as of the ONNX model zoo: <c>test_data_set_0/input_0.pb</c>.</summary>
    Tensors,
}

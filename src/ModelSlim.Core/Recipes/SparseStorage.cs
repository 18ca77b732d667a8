namespace ModelSlim.Core.Recipes;

/// <summary>How weights of which many are zero are written.</summary>
public enum SparseStorage
{
    /// <summary>As <c>sparse_initializer</c> where the file is smaller so, by more than it grows in a zip, and ONNX Runtime loads it.</summary>
    Auto,

    /// <summary>With their zeros.</summary>
    Off,
}

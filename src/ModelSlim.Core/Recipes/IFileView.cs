namespace ModelSlim.Core.Recipes;

/// <summary>The files that a recipe names.</summary>
public interface IFileView
{
    /// <summary>What is at a path.</summary>
    /// <param name="path">A path.</param>
    PathKind Kind(string path);

    /// <summary>The files in a folder whose names end in a certain way, in ordinal order; none where there is no folder.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <param name="ending">The end of the name, such as <c>.onnx</c>; case does not count.</param>
    IReadOnlyList<string> List(string folder, string ending);

    /// <summary>Reads a file, or its first bytes.</summary>
    /// <param name="path">Path of a file.</param>
    /// <param name="most">Largest number of bytes to read.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    byte[] ReadStart(string path, int most);
}

namespace ModelSlim.Core.Recipes;

/// <summary>The files that a recipe names.</summary>
public interface IFileView
{
    /// <summary>What is at a path.</summary>
    /// <param name="path">A path.</param>
    PathKind Kind(string path);

    /// <summary>Reads a file, or its first bytes.</summary>
    /// <param name="path">Path of a file.</param>
    /// <param name="most">Largest number of bytes to read.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    byte[] ReadStart(string path, int most);
}

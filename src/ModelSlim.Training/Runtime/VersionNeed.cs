namespace ModelSlim.Training.Runtime;

/// <summary>A symbol version that an ELF library wants from another library (an entry of <c>.gnu.version_r</c>).</summary>
/// <param name="Library">Library that has to define it, such as <c>libstdc++.so.6</c>.</param>
/// <param name="Version">Name of the version, such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Index">Number that symbols of this version carry in <c>.gnu.version</c>.</param>
/// <param name="IsWeak">True where the loader goes on when the version is missing.</param>
/// <param name="FlagsOffset">Where in the file the entry's flags are.</param>
internal sealed record VersionNeed(string Library, string Version, int Index, bool IsWeak, int FlagsOffset);

namespace ModelSlim.Core.Diagnostics;

/// <summary>A range of a text file. Lines and columns start at 1; 0 means that the position is not known.</summary>
/// <param name="File">Path of the file as the user wrote it.</param>
/// <param name="Line">First line.</param>
/// <param name="Column">First column.</param>
/// <param name="EndLine">Last line.</param>
/// <param name="EndColumn">Column after the last character.</param>
public sealed record SourceSpan(string File, int Line = 0, int Column = 0, int EndLine = 0, int EndColumn = 0)
{
    /// <summary>Writes <c>file(line,column)</c>, or the file alone where no position is known.</summary>
    public override string ToString() => Line > 0 ? $"{File}({Line},{Column})" : File;
}

using System.Text;
using ModelSlim.Core.Diagnostics;
using YamlDotNet.Core;

namespace ModelSlim.Core.Recipes.Yaml;

/// <summary>
/// Reads the part of YAML that a recipe needs: one document of mappings, sequences and scalars. Aliases, anchors, tags,
/// repeated keys, depth over 32 and text over 1 MB are refused, so that no input can make the reader slow or large.
/// </summary>
public sealed class YamlReader
{
    /// <summary>Largest text, in bytes.</summary>
    public const int LargestText = 1024 * 1024;

    /// <summary>Largest number of collections inside one another.</summary>
    public const int LargestDepth = 32;

    /// <summary>Reads a text.</summary>
    /// <param name="file">Path for messages, as the user wrote it.</param>
    /// <param name="bytes">The text in UTF-8, with or without byte order mark, with any line ends.</param>
    /// <returns>The document's root; an empty mapping where the text holds nothing but comments.</returns>
    public Result<YamlNode> Read(string file, ReadOnlySpan<byte> bytes)
    {
        var whole = new SourceSpan(file, 1, 1, 1, 1);
        if (bytes.Length > LargestText)
        {
            return DiagnosticCodes.RecipeTooLarge.At(whole, $"The file has more than {LargestText:N0} bytes; a recipe has a few hundred");
        }

        string text;
        try
        {
            var start = bytes.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes[start..]);
        }
        catch (DecoderFallbackException)
        {
            return DiagnosticCodes.RecipeEncoding.At(whole, "The file is not UTF-8 text; save it as UTF-8");
        }

        try
        {
            return new YamlDocument(file, text).Read();
        }
        catch (YamlException error)
        {
            var where = YamlDocument.Between(file, error.Start, error.End);
            return IndentingTab(text, where) is { } tab
                ? DiagnosticCodes.RecipeSyntax.At(tab, $"Line {tab.Line} is indented with a tab; YAML indents with spaces")
                : DiagnosticCodes.RecipeSyntax.At(where, $"Not valid YAML: {error.Message.TrimEnd('.')}");
        }
    }

    /// <summary>The first tab among the blanks that begin a line of a range, or null.</summary>
    private static SourceSpan? IndentingTab(string text, SourceSpan range)
    {
        var lines = text.Split('\n');
        for (var line = range.Line; line <= Math.Min(range.EndLine, lines.Length); line++)
        {
            var spaces = lines[line - 1].Length - lines[line - 1].TrimStart(' ').Length;
            if (lines[line - 1][spaces..].StartsWith('\t'))
            {
                return new SourceSpan(range.File, line, spaces + 1, line, spaces + 2);
            }
        }

        return null;
    }
}

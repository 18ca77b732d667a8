using System;
using System.IO;
using System.Text;

namespace ModelSlim.Build;

/// <summary>
/// Finds <c>output.delivery</c> in the text of a prune.yaml. The build must know it before it starts the tool, also when it never
/// does; a YAML parser in a task's folder would clash with other tasks'. The tool says which delivery it read, and the build fails
/// when that differs (MSLIM8010), so that what this reading misses is never silently shipped in another way. No regular
/// expression: making one takes longer than all else that a build without changes does here.
/// </summary>
internal sealed class RecipeDelivery
{
    /// <summary>Reads the delivery.</summary>
    /// <param name="recipe">Text of the recipe.</param>
    /// <returns>The word after <c>delivery:</c> as written, or empty where there is none.</returns>
    public string Read(string recipe)
    {
        var section = OutputSection(recipe);
        var at = AfterKey(section, "delivery");
        if (at < 0)
        {
            return "";
        }

        var start = SkipQuote(section, SkipBlanks(section, at));
        var end = start;
        while (end < section.Length && (char.IsLetter(section[end]) || section[end] == '-'))
        {
            end++;
        }

        return section.Substring(start, end - start);
    }

    /// <summary>What stands below the key <c>output</c> at the left margin, or in its braces where the recipe is one flow mapping.</summary>
    private static string OutputSection(string recipe)
    {
        var section = new StringBuilder();
        var flow = new StringBuilder();
        var inside = false;
        using var lines = new StringReader(recipe);
        while (lines.ReadLine() is { } whole)
        {
            var line = WithoutComment(whole);
            flow.Append(line).Append('\n');
            var atMargin = line.Length > 0 && !char.IsWhiteSpace(line[0]);
            if (atMargin)
            {
                var key = AfterKey(line, "output");
                inside = key >= 0 && key <= "\"output\" :".Length;
                line = inside ? line.Substring(key) : "";
            }

            if (inside)
            {
                section.Append(line).Append('\n');
            }
        }

        if (section.Length > 0)
        {
            return section.ToString();
        }

        var text = flow.ToString();
        var open = text.TrimStart().StartsWith("{", StringComparison.Ordinal) ? AfterKey(text, "output") : -1;
        var close = open < 0 ? -1 : text.IndexOf('}', open);
        return close < 0 ? "" : text.Substring(open, close - open);
    }

    /// <summary>Position after <c>key:</c>, or -1. The key may be in quotes, and blanks may stand before the colon.</summary>
    private static int AfterKey(string text, string key)
    {
        for (var at = text.IndexOf(key, StringComparison.Ordinal); at >= 0; at = text.IndexOf(key, at + 1, StringComparison.Ordinal))
        {
            var before = at == 0 ? ' ' : text[at - 1];
            var colon = SkipBlanks(text, SkipQuote(text, at + key.Length));
            if ((char.IsWhiteSpace(before) || before is '{' or ',' or '"' or '\'') && colon < text.Length && text[colon] == ':')
            {
                return colon + 1;
            }
        }

        return -1;
    }

    private static string WithoutComment(string line)
    {
        for (var at = line.IndexOf('#'); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1]))
            {
                return line.Substring(0, at);
            }
        }

        return line;
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && (text[at] == ' ' || text[at] == '\t'))
        {
            at++;
        }

        return at;
    }

    private static int SkipQuote(string text, int at) => at < text.Length && (text[at] == '"' || text[at] == '\'') ? at + 1 : at;
}

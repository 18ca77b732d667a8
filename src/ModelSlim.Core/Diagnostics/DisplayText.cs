using System.Globalization;
using System.Text;

namespace ModelSlim.Core.Diagnostics;

/// <summary>Makes text that may come from a file fit for one line on a terminal or in a log.</summary>
public static class DisplayText
{
    private const int Longest = 1000;
    private const int LongestQuote = 60;

    /// <summary>
    /// The text with control and formatting characters (line breaks, escapes, changes of writing direction) as
    /// <c>\u001b</c>, cut after 1,000 characters.
    /// </summary>
    public static string OneLine(string text)
    {
        var shown = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var letter in text.Take(Longest))
        {
            var category = char.GetUnicodeCategory(letter);
            if (category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                shown.Append(letter);
            }
        }

        return text.Length > Longest ? shown.Append("...").ToString() : shown.ToString();
    }

    /// <summary>A name or value that a user or file wrote, in single quotes, on one line, cut after 60 characters.</summary>
    public static string Quote(string text)
    {
        var end = text.Length > LongestQuote && char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return $"'{OneLine(text.Length > LongestQuote ? text[..end] + "..." : text)}'";
    }
}

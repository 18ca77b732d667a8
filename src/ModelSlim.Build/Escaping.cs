using System.Globalization;
using System.Text;

namespace ModelSlim.Build;

/// <summary>Writes a path so that MSBuild takes every character of it for itself: no list, wildcard or expression.</summary>
internal static class Escaping
{
    /// <summary>Escapes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '%' or '*' or '?' or '@' or '$' or '(' or ')' or ';' or '\'')
            {
                escaped.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }
}

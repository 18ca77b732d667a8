using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ModelSlim.Build;

/// <summary>Names as C# has them (ECMA-334, 6.4.3). They are brought into normalization form C, which is what people type.</summary>
internal static class CSharpName
{
    /// <summary>Keywords, and words that no type may be called in some version of C#.</summary>
    private static readonly HashSet<string> Reserved = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum "
        + "event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long "
        + "namespace new null object operator out override params private protected public readonly ref return sbyte sealed short "
        + "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual "
        + "void volatile while "
        + "async await dynamic extension field file global nameof nint notnull nuint partial record required scoped unmanaged value var "
        + "where yield").Split(' '),
        StringComparer.Ordinal);

    /// <summary>A word that <see cref="IsIdentifier"/> holds for, as code writes it: with <c>@</c> before it where it is a keyword.</summary>
    public static string Escape(string word) => Reserved.Contains(word) ? "@" + word : word;

    /// <summary>
    /// A name of a class made of any text: <c>mobile-net_v2.1</c> becomes <c>MobileNetV21</c>. What begins with a digit gets <c>_</c>
    /// before it, and what has no letter or digit is <c>Model</c>.
    /// </summary>
    public static string ClassOf(string text)
    {
        var name = new StringBuilder();
        var starts = true;
        foreach (var c in Normalized(text).Where(c => Category(c) != UnicodeCategory.Format))
        {
            if (c == '_' || !IsPart(c))
            {
                starts = true;
                continue;
            }

            name.Append(starts ? char.ToUpperInvariant(c) : c);
            starts = false;
        }

        return name.Length == 0 ? "Model" : IsStart(name[0]) ? name.ToString() : "_" + name;
    }

    /// <summary>A namespace made of any text: what C# does not take becomes <c>_</c>. Empty parts are left out.</summary>
    public static string NamespaceOf(string text) =>
        string.Join(".", Normalized(text).Split('.').Where(part => part.Trim().Length > 0).Select(part => Mangle(part.Trim())));

    /// <summary>Whether a word has only characters that C# takes in a name; it may be a keyword.</summary>
    public static bool IsIdentifier(string word) => word.Length > 0 && IsStart(word[0]) && word.All(IsPart);

    /// <summary>The text in normalization form C; as it is where it is no Unicode text, or this process runs without ICU.</summary>
    public static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static string Mangle(string part)
    {
        var mangled = new string([.. part.Select(c => IsPart(c) ? c : '_')]);
        return Escape(IsStart(mangled[0]) ? mangled : "_" + mangled);
    }

    private static bool IsStart(char c) => c == '_' || Category(c) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
        or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static bool IsPart(char c) => IsStart(c) || Category(c) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.ConnectorPunctuation;

    private static UnicodeCategory Category(char c) => CharUnicodeInfo.GetUnicodeCategory(c);
}

using System.Globalization;

namespace ModelSlim.Training.Data;

/// <summary>Tells names of folders apart as all systems do, and not as this one does.</summary>
internal static class FolderNames
{
    /// <summary>
    /// True for names that some system takes for one: they differ in case alone, or in how a letter with a mark is written, as one
    /// character or as two. Which letter the one character is made of is not looked up, so two such letters in one place are taken for
    /// one where either is written as two.
    /// </summary>
    public static bool AreAlike(string name, string other)
    {
        var (at, otherAt) = (0, 0);
        while (at < name.Length && otherAt < other.Length)
        {
            var (end, otherEnd) = (End(name, at), End(other, otherAt));
            var (letter, otherLetter) = (name[at..end], other[otherAt..otherEnd]);
            if (!letter.Equals(otherLetter, StringComparison.OrdinalIgnoreCase) && !IsComposed(letter, otherLetter) && !IsComposed(otherLetter, letter))
            {
                return false;
            }

            (at, otherAt) = (end, otherEnd);
        }

        return at == name.Length && otherAt == other.Length;
    }

    private static bool IsComposed(string one, string several) => one.Length == 1 && !char.IsAscii(one[0]) && several.Length > 1;

    /// <summary>Where a letter ends that begins here, with the marks that belong to it.</summary>
    private static int End(string name, int start)
    {
        var end = start + 1;
        while (end < name.Length && CharUnicodeInfo.GetUnicodeCategory(name[end]) is UnicodeCategory.NonSpacingMark)
        {
            end++;
        }

        return end;
    }
}

using System.Text;

namespace FashionClassifier;

/// <summary>Draws a picture with characters, two rows of pixels in a line, because a character is twice as high as wide.</summary>
public sealed class AsciiPicture
{
    private const string Shades = " .:-=+*#%@";

    /// <summary>Draws it.</summary>
    public string Draw(ReadOnlyMemory<byte> pixels)
    {
        var text = new StringBuilder();
        for (var row = 0; row < FashionSet.Side; row += 2)
        {
            for (var column = 0; column < FashionSet.Side; column++)
            {
                var upper = pixels.Span[(row * FashionSet.Side) + column];
                var lower = pixels.Span[((row + 1) * FashionSet.Side) + column];
                text.Append(Shades[(upper + lower) * (Shades.Length - 1) / (2 * 255)]);
            }

            text.AppendLine();
        }

        return text.ToString();
    }
}

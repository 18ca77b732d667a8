using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace ModelSlim.Fuzzing;

/// <summary>Numbers at which parsers stumble, in the forms in which files have them.</summary>
internal static class NumberForms
{
    private static readonly long[] Extremes =
    [
        0, 1, 2, -1, 7, 127, 128, 255, 256, short.MaxValue, ushort.MaxValue, 1 << 20, int.MaxValue, int.MinValue, uint.MaxValue,
        1L << 31, 1L << 32, 1L << 40, 1L << 62, long.MaxValue, long.MinValue,
    ];

    /// <summary>Writes a number in place of what is at a place.</summary>
    /// <param name="file">The file.</param>
    /// <param name="place">Where, within the file.</param>
    /// <param name="form">Which form.</param>
    /// <param name="which">Which number.</param>
    public static void Write(List<byte> file, int place, int form, int which)
    {
        var number = (which % (Extremes.Length + 3)) switch
        {
            var index when index < Extremes.Length => Extremes[index],
            var index => file.Count - place + index - Extremes.Length - 1,
        };
        switch (form % 5)
        {
            case 0:
                Overwrite(file, place, Fixed(number, 1 << (form / 5 % 4), bigEndian: false));
                break;
            case 1:
                Overwrite(file, place, Fixed(number, 1 << (form / 5 % 4), bigEndian: true));
                break;
            case 2:
                Replace(file, place, RunOf(file, place, value => value >= 0x80) + 1, Varint((ulong)number));
                break;
            case 3:
                // One off what is there, as it is there.
                file[place] += (byte)(which % 2 == 0 ? 1 : 255);
                break;
            default:
                while (place < file.Count - 1 && !IsDigit(file[place]))
                {
                    place++;
                }

                Replace(file, place, RunOf(file, place, IsDigit), Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
                break;
        }
    }

    private static byte[] Fixed(long number, int size, bool bigEndian)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        Array.Resize(ref bytes, size);
        if (bigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    private static byte[] Varint(ulong number)
    {
        List<byte> bytes = [];
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
        return [.. bytes];
    }

    private static int RunOf(List<byte> file, int place, Predicate<byte> belongs)
    {
        var end = place;
        while (end < file.Count && belongs(file[end]))
        {
            end++;
        }

        return end - place;
    }

    private static void Overwrite(List<byte> file, int place, byte[] bytes) => Replace(file, place, bytes.Length, bytes);

    private static void Replace(List<byte> file, int place, int count, byte[] bytes)
    {
        file.RemoveRange(place, Math.Min(count, file.Count - place));
        file.InsertRange(place, bytes);
    }

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';
}

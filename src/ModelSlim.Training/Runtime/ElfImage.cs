using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// What the dynamic section of a 64-bit little-endian ELF library says about symbol versions (System V ABI, gABI 4.1; symbol
/// versioning of the Linux Standard Base). It reads what the loader reads, not the section headers.
/// </summary>
internal sealed class ElfImage
{
    private const int LoadSegment = 1;
    private const int DynamicSegment = 2;
    private const long StringTable = 5;
    private const long Relocations = 7;
    private const long RelocationsSize = 8;
    private const long PltRelocationsSize = 2;
    private const long PltRelocations = 23;
    private const long SymbolVersions = 0x6ffffff0;
    private const long VersionDefinitions = 0x6ffffffc;
    private const long VersionDefinitionsCount = 0x6ffffffd;
    private const long VersionNeeds = 0x6ffffffe;
    private const long VersionNeedsCount = 0x6fffffff;
    private const int WeakFlag = 2;
    private const int RelocationLength = 24;
    private const int MaxRecords = 1000;

    private readonly ReadOnlyMemory<byte> file;
    private readonly List<(ulong Address, ulong Offset, ulong Length)> segments = [];
    private readonly Dictionary<long, ulong> dynamic = [];

    /// <summary>Reads the headers of a library.</summary>
    /// <param name="file">The whole file.</param>
    /// <exception cref="InvalidDataException">This is not such a library.</exception>
    public ElfImage(ReadOnlyMemory<byte> file)
    {
        this.file = file;
        if (file.Length < 64 || !file.Span[..6].SequenceEqual((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            throw new InvalidDataException("This is not a 64-bit little-endian ELF library.");
        }

        ReadSegments();
        Needs = [.. ReadNeeds()];
        Definitions = [.. ReadDefinitions()];
    }

    /// <summary>Versions that the library wants from others, in the order of the file.</summary>
    public ImmutableArray<VersionNeed> Needs { get; }

    /// <summary>Versions that the library defines, its own name first.</summary>
    public ImmutableArray<string> Definitions { get; }

    /// <summary>True where a relocation asks for a symbol of this version, so that the library cannot run without it.</summary>
    public bool Uses(VersionNeed need)
    {
        if (!dynamic.TryGetValue(SymbolVersions, out var versions))
        {
            return false;
        }

        foreach (var (table, size) in new[] { (Relocations, RelocationsSize), (PltRelocations, PltRelocationsSize) })
        {
            if (!dynamic.TryGetValue(table, out var address))
            {
                continue;
            }

            var count = dynamic.GetValueOrDefault(size) / RelocationLength;
            for (var i = 0UL; i < count; i++)
            {
                var symbol = UInt64(address + (i * RelocationLength) + 8) >> 32;
                if (symbol != 0 && (UInt16(versions + (2 * symbol)) & 0x7FFF) == need.Index)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void ReadSegments()
    {
        var span = file.Span;
        var table = BinaryPrimitives.ReadUInt64LittleEndian(span[0x20..]);
        int length = BinaryPrimitives.ReadUInt16LittleEndian(span[0x36..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(span[0x38..]);
        (ulong Offset, ulong Length)? dynamicSegment = null;
        for (var i = 0; i < count; i++)
        {
            var header = Slice(table + (ulong)(i * length), 56);
            var offset = BinaryPrimitives.ReadUInt64LittleEndian(header[8..]);
            var address = BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
            var size = BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
            switch (BinaryPrimitives.ReadInt32LittleEndian(header))
            {
                case LoadSegment:
                    segments.Add((address, offset, size));
                    break;
                case DynamicSegment:
                    dynamicSegment = (offset, size);
                    break;
            }
        }

        var (at, bytes) = dynamicSegment ?? throw new InvalidDataException("The library has no dynamic section.");
        for (var entry = 0UL; entry + 16 <= bytes; entry += 16)
        {
            var pair = Slice(at + entry, 16);
            dynamic.TryAdd(BinaryPrimitives.ReadInt64LittleEndian(pair), BinaryPrimitives.ReadUInt64LittleEndian(pair[8..]));
        }
    }

    private IEnumerable<VersionNeed> ReadNeeds()
    {
        foreach (var need in Chain(dynamic.GetValueOrDefault(VersionNeeds), dynamic.GetValueOrDefault(VersionNeedsCount), next: 12))
        {
            var library = Text(UInt32(need + 4));
            foreach (var entry in Chain(need + UInt32(need + 8), UInt16(need + 2), next: 12))
            {
                yield return new VersionNeed(
                    library, Text(UInt32(entry + 8)), UInt16(entry + 6), (UInt16(entry + 4) & WeakFlag) != 0, (int)Offset(entry + 4));
            }
        }
    }

    private IEnumerable<string> ReadDefinitions() =>
        from definition in Chain(
            dynamic.GetValueOrDefault(VersionDefinitions), dynamic.GetValueOrDefault(VersionDefinitionsCount), next: 16)
        select Text(UInt32(definition + UInt32(definition + 12)));

    // Addresses of records that each say how far the next one is.
    private IEnumerable<ulong> Chain(ulong address, ulong count, uint next)
    {
        if (count > MaxRecords)
        {
            throw Broken();
        }

        for (var i = 0UL; i < count; i++)
        {
            yield return address;
            address += UInt32(address + next);
        }
    }

    private string Text(uint index)
    {
        var from = (int)Offset(dynamic.GetValueOrDefault(StringTable) + index);
        var text = file.Span[from..];
        var end = text.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? throw Broken() : text[..end]);
    }

    private ushort UInt16(ulong address) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(Offset(address), 2));

    private uint UInt32(ulong address) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(Offset(address), 4));

    private ulong UInt64(ulong address) => BinaryPrimitives.ReadUInt64LittleEndian(Slice(Offset(address), 8));

    private ReadOnlySpan<byte> Slice(ulong offset, int length) =>
        offset <= (ulong)file.Length && (ulong)length <= (ulong)file.Length - offset
            ? file.Span.Slice((int)offset, length)
            : throw Broken();

    private ulong Offset(ulong address)
    {
        foreach (var segment in segments)
        {
            if (address >= segment.Address && address - segment.Address < segment.Length)
            {
                var offset = segment.Offset + (address - segment.Address);
                return offset < (ulong)file.Length ? offset : throw Broken();
            }
        }

        throw Broken();
    }

    private static InvalidDataException Broken() => new("The ELF library is cut short or damaged.");
}

using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Testing;

/// <summary>Data files, byte by byte.</summary>
public static class DataFiles
{
    /// <summary>Numbers as they lie in memory.</summary>
    public static byte[] Bytes<T>(params T[] values)
        where T : struct => MemoryMarshal.AsBytes<T>(values).ToArray();

    /// <summary>A NumPy file.</summary>
    /// <param name="descr">Element type, such as <c>&lt;f4</c>.</param>
    /// <param name="shape">Extents, such as <c>2, 3</c> or <c>2,</c>.</param>
    /// <param name="elements">The elements.</param>
    /// <param name="version">Version of the format: 1, 2 or 3.</param>
    /// <param name="fortran">True where the first axis runs fastest.</param>
    public static byte[] Npy(string descr, string shape, byte[] elements, int version = 1, bool fortran = false)
    {
        var text = $"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': ({shape}), }}\n";
        var length = version == 1
            ? new byte[] { (byte)text.Length, (byte)(text.Length >> 8) }
            : [(byte)text.Length, (byte)(text.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. Encoding.ASCII.GetBytes(text), .. elements];
    }

    /// <summary>A zip file of NumPy files, as <c>numpy.savez</c> (packed: <c>numpy.savez_compressed</c>) writes it.</summary>
    public static byte[] Npz(bool packed, params (string Name, byte[] Npy)[] arrays)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (array, bytes) in arrays)
            {
                using var entry = archive.CreateEntry(array + ".npy", packed ? CompressionLevel.Optimal : CompressionLevel.NoCompression).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>A file of one ONNX tensor: dims, data_type, raw_data.</summary>
    public static byte[] Tensor(ElementType type, int[] shape, byte[] elements)
    {
        List<byte> bytes = [];
        foreach (var extent in shape)
        {
            bytes.Add(0x08);
            AddNumber(bytes, extent);
        }

        bytes.Add(0x10);
        AddNumber(bytes, (int)type);
        bytes.Add(0x4A);
        AddNumber(bytes, elements.Length);
        bytes.AddRange(elements);
        return [.. bytes];
    }

    private static void AddNumber(List<byte> bytes, int number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }
}

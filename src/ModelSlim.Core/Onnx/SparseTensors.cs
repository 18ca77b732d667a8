using System.Runtime.InteropServices;
using Google.Protobuf;
using ModelSlim.Core.Onnx.Protobuf;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Onnx;

/// <summary>
/// Stored tensors of which only what is not zero is stored (ONNX <c>SparseTensorProto</c>): values, and their places, counted through
/// the tensor or axis by axis.
/// </summary>
internal static class SparseTensors
{
    /// <summary>The first IR version whose graphs may have them.</summary>
    public const int FirstVersion = 6;

    // A file of a few bytes may state any shape.
    private const long MostBytes = 1L << 28;
    private const long MostTimes = 1024;

    /// <summary>The tensor, with its zeros; null where it is not valid, of a type that is not read, or zeros for the most part of much.</summary>
    public static TensorData? Read(SparseTensorProto sparse)
    {
        if (sparse.Values is null || sparse.Indices is null || TensorSize.Elements(sparse.Dims) is not { } count
            || TensorCheck.Check(sparse.Values) is not null || TensorCheck.Check(sparse.Indices) is not null
            || TensorReader.Read(sparse.Values) is not { } values || values.Length == 0 != values.Bytes.IsEmpty
            || TensorReader.Read(sparse.Indices) is not { Type: ElementType.Int64 } indices
            || Places(indices, sparse.Dims, count) is not { } places || places.Length != values.Length)
        {
            return null;
        }

        var size = (TensorSize.Bits(sparse.Values.DataType) ?? 0) / 8;
        if (size == 0 || count * size > Math.Min(Math.Max(MostBytes, MostTimes * values.Bytes.Length), Array.MaxLength))
        {
            return null;
        }

        var bytes = new byte[count * size];
        for (var i = 0; i < places.Length; i++)
        {
            values.Bytes.Span.Slice(i * size, size).CopyTo(bytes.AsSpan(checked((int)places[i] * size)));
        }

        return new TensorData(values.Type, [.. sparse.Dims.Select(extent => (int)extent)], bytes);
    }

    /// <summary>Stores a tensor so, where that takes fewer bytes; else null.</summary>
    /// <param name="tensor">The tensor, with raw data.</param>
    public static SparseTensorProto? Smaller(TensorProto tensor)
    {
        var count = TensorSize.Elements(tensor.Dims) ?? 0;
        if ((ElementType)tensor.DataType is not (ElementType.Float or ElementType.Float16 or ElementType.BFloat16 or ElementType.Double)
            || tensor.Dims.Count < 2 || count == 0 || tensor.RawData.IsEmpty)
        {
            return null;
        }

        var raw = tensor.RawData.Span;
        var size = (int)(raw.Length / count);
        var places = new List<long>();
        using var kept = new MemoryStream();
        for (var place = 0; place < count; place++)
        {
            // By bits: a negative zero is none.
            var value = raw.Slice(place * size, size);
            if (value.ContainsAnyExcept((byte)0))
            {
                places.Add(place);
                kept.Write(value);
            }
        }

        var values = tensor.Clone();
        values.Dims.Clear();
        values.Dims.Add(places.Count);
        values.RawData = ByteString.CopyFrom(kept.GetBuffer(), 0, (int)kept.Length);

        // As numbers of a message they take two or three bytes each, as raw data eight.
        var indices = new TensorProto { DataType = (int)ElementType.Int64 };
        indices.Dims.Add(places.Count);
        indices.Int64Data.AddRange(places);
        var sparse = new SparseTensorProto { Values = values, Indices = indices };
        sparse.Dims.AddRange(tensor.Dims);
        return places.Count > 0 && sparse.CalculateSize() < tensor.CalculateSize() ? sparse : null;
    }

    /// <summary>Stores the tensors of a graph, and of what its nodes hold, so that take fewer bytes then, but for those that may be fed.</summary>
    public static void Compact(GraphProto graph)
    {
        var fed = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var dense = new List<TensorProto>();
        foreach (var tensor in graph.Initializer)
        {
            if (!fed.Contains(tensor.Name) && Smaller(tensor) is { } sparse)
            {
                graph.SparseInitializer.Add(sparse);
            }
            else
            {
                dense.Add(tensor);
            }
        }

        graph.Initializer.Clear();
        graph.Initializer.AddRange(dense);
        Inside(graph, Compact);
    }

    /// <summary>Stores the tensors of a graph, and of what its nodes hold, with their zeros, but for those that <see cref="Read"/> does not read.</summary>
    public static void Expand(GraphProto graph)
    {
        foreach (var sparse in graph.SparseInitializer.ToList())
        {
            if (Read(sparse) is { } data)
            {
                var dense = sparse.Values.Clone();
                TensorPatch.Apply(dense, data);
                graph.Initializer.Add(dense);
                graph.SparseInitializer.Remove(sparse);
            }
        }

        Inside(graph, Expand);
    }

    /// <summary>True where a graph, or one that its nodes hold, stores a tensor without its zeros.</summary>
    public static bool Any(GraphProto graph) => graph.SparseInitializer.Count > 0 || Held(graph).Any(Any);

    private static void Inside(GraphProto graph, Action<GraphProto> action) => Held(graph).ToList().ForEach(action);

    private static IEnumerable<GraphProto> Held(GraphProto graph) =>
        graph.Node.SelectMany(node => node.Attribute).Select(attribute => attribute.G).OfType<GraphProto>();

    // Places counted through the tensor, each once and rising; null where they are not.
    private static long[]? Places(TensorData indices, IReadOnlyList<long> dims, long count)
    {
        var numbers = MemoryMarshal.Cast<byte, long>(indices.Bytes.Span);
        long[]? places = indices.Shape.Length == 1 ? numbers.ToArray()
            : indices.Shape.Length == 2 && indices.Shape[1] == dims.Count && dims.Count > 0 ? Joined(numbers, dims)
            : null;
        var last = -1L;
        foreach (var place in places ?? [])
        {
            if (place <= last || place >= count)
            {
                return null;
            }

            last = place;
        }

        return places;
    }

    private static long[]? Joined(ReadOnlySpan<long> numbers, IReadOnlyList<long> dims)
    {
        var places = new long[numbers.Length / dims.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            var axis = i % dims.Count;
            if (numbers[i] < 0 || numbers[i] >= dims[axis])
            {
                return null;
            }

            places[i / dims.Count] = (places[i / dims.Count] * dims[axis]) + numbers[i];
        }

        return places;
    }
}

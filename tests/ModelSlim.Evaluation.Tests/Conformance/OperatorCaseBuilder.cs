using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>The words the cases are written in.</summary>
internal static class OperatorCaseBuilder
{
    /// <summary>The domain of ONNX Runtime's own operators.</summary>
    public const string Fused = "com.microsoft";

    /// <summary>A node with one output.</summary>
    public static OperatorCase Make(
        string name, int opset, string opType, int channels, TensorData?[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        MakeMany(name, opset, opType, 1, channels, inputs, attributes);

    /// <summary>A node with several outputs.</summary>
    public static OperatorCase MakeMany(
        string name, int opset, string opType, int outputs, int channels, TensorData?[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        new(
            name,
            opset,
            new Node
            {
                Name = "node",
                OpType = opType,
                Inputs = [.. inputs.Select((tensor, i) => tensor is null ? "" : $"x{i}")],
                Outputs = [.. Enumerable.Range(0, outputs).Select(output => $"y{output}")],
                Attributes = attributes.ToImmutableSortedDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal),
            },
            [.. inputs],
            channels);

    /// <summary>A node of ONNX Runtime's own domain.</summary>
    public static OperatorCase MakeFused(
        string name, string opType, int outputs, int channels, TensorData?[] inputs, params (string Name, AttributeValue Value)[] attributes)
    {
        var made = MakeMany($"com.microsoft {name}", 17, opType, outputs, channels, inputs, attributes);
        return made with { Node = made.Node with { Domain = Fused } };
    }

    public static AttributeValue.Int Int(long value) => new(value);

    public static AttributeValue.Text Text(string value) => new(value);

    public static AttributeValue.Ints Ints(params long[] values) => new([.. values]);

    public static TensorData Sizes(params long[] values) => TensorData.From([values.Length], values);

    public static TensorData Size(long value) => TensorData.From([], [value]);

    public static TensorData Sizes32(params long[] values) => TensorData.Integers(ElementType.Int32, [values.Length], values);

    /// <summary>Integers with two axes.</summary>
    public static TensorData Table(int rows, int columns, params long[] values) => TensorData.From([rows, columns], values);

    public static TensorData Numbers(params float[] values) => TensorData.From([values.Length], values);

    public static TensorData Flag(bool value) => new(ElementType.Bool, [], new[] { value ? (byte)1 : (byte)0 });

    public static TensorData Flags(params bool[] values) => new(ElementType.Bool, [values.Length], Array.ConvertAll(values, value => value ? (byte)1 : (byte)0));

    public static TensorData Scalar(float value) => TensorData.From([], [value]);

    public static AttributeValue.Float Real(float value) => new(value);

    /// <summary>Whole numbers from 0 on below <paramref name="below"/>, again and again.</summary>
    public static TensorData Whole(int below, params int[] shape) => TensorData.From(
        [.. shape], [.. Enumerable.Range(0, shape.Aggregate(1, (count, extent) => count * extent)).Select(i => (long)(i % below))]);

    /// <summary>Yes and no, by turns of three.</summary>
    public static TensorData Flags(params int[] shape) => new(
        ElementType.Bool,
        [.. shape],
        Enumerable.Range(0, shape.Aggregate(1, (count, extent) => count * extent)).Select(i => (byte)(i % 3 == 0 ? 1 : 0)).ToArray());

    public static TensorData Positive(params int[] shape) => Fill(shape, random => 0.5f + random.NextSingle());

    public static TensorData Random(params int[] shape) => Fill(shape, random => (2 * random.NextSingle()) - 1);

    private static TensorData Fill(int[] shape, Func<SplitMix, float> draw)
    {
        var random = new SplitMix(shape.Length, string.Join(',', shape));
        var values = new float[shape.Aggregate(1, (count, extent) => count * extent)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = draw(random);
        }

        return TensorData.From([.. shape], values);
    }
}

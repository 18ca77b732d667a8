using System.Collections.Immutable;
using System.Text;
using Google.Protobuf;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;
using AttributeType = ModelSlim.Core.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace ModelSlim.Core.Onnx;

/// <summary>Attribute (ONNX <c>AttributeProto</c>) to value.</summary>
internal sealed class AttributeReader(GraphReader graphs)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The value; <see cref="AttributeValue.Opaque"/> where ModelSlim has no type for it.</summary>
    public AttributeValue Read(AttributeProto attribute)
    {
        if (attribute.RefAttrName.Length > 0)
        {
            return new AttributeValue.Opaque("reference");
        }

        var type = KindOf(attribute);
        return type switch
        {
            AttributeType.Int => new AttributeValue.Int(attribute.I),
            AttributeType.Ints => new AttributeValue.Ints([.. attribute.Ints]),
            AttributeType.Float => new AttributeValue.Float(attribute.F),
            AttributeType.Floats => new AttributeValue.Floats([.. attribute.Floats]),
            AttributeType.String => Text(attribute.S) is { } text
                ? new AttributeValue.Text(text)
                : new AttributeValue.Opaque("bytes"),
            AttributeType.Strings => Texts(attribute.Strings) is { IsDefault: false } texts
                ? new AttributeValue.Texts(texts)
                : new AttributeValue.Opaque("bytes"),
            AttributeType.Tensor => attribute.T is not null && TensorReader.Read(attribute.T) is { } tensor
                ? new AttributeValue.Tensor(tensor)
                : new AttributeValue.Opaque("tensor"),
            AttributeType.Graph when attribute.G is not null => new AttributeValue.Subgraph(graphs.Read(attribute.G)),
            _ => new AttributeValue.Opaque(type.ToString()),
        };
    }

    /// <summary>The declared type, or in files of IR version 1 the type of the field that is there.</summary>
    private static AttributeType KindOf(AttributeProto attribute) => attribute switch
    {
        { HasType: true, Type: not AttributeType.Undefined } => attribute.Type,
        { HasF: true } => AttributeType.Float,
        { HasI: true } => AttributeType.Int,
        { HasS: true } => AttributeType.String,
        { T: not null } => AttributeType.Tensor,
        { G: not null } => AttributeType.Graph,
        { Floats.Count: > 0 } => AttributeType.Floats,
        { Ints.Count: > 0 } => AttributeType.Ints,
        { Strings.Count: > 0 } => AttributeType.Strings,
        _ => AttributeType.Undefined,
    };

    private static string? Text(ByteString bytes)
    {
        try
        {
            return Strict.GetString(bytes.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ImmutableArray<string> Texts(IEnumerable<ByteString> list)
    {
        var texts = list.Select(Text).ToArray();
        return texts.Any(text => text is null) ? default : [.. texts.OfType<string>()];
    }
}

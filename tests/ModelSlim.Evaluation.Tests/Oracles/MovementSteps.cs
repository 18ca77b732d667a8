using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Steps that move the elements of a value [1, C, H, W] about, by stored or computed sizes.</summary>
internal sealed class MovementSteps(NetTape tape)
{
    private readonly ShapeArithmetic shapes = new(tape.Net);

    /// <summary>Makes one step.</summary>
    public string Step(string x)
    {
        var shape = tape.Shape(x);
        switch (tape.Choose(12))
        {
            case 0:
                return Split(x);
            case 1:
                return shape[1] < 4 ? tape.Net.Relu(x) : shapes.Slice(x, 1, tape.Choose(2), shape[1] - tape.Choose(2), 1 + tape.Choose(3));
            case 2:
                return Gather(x);
            case 3:
                return Pad(x);
            case 4:
                return shape[1] % 4 == 0 && shape[2] < 4
                    ? tape.Node("DepthToSpace", [x], [1, shape[1] / 4, 2 * shape[2], 2 * shape[3]], ("blocksize", new AttributeValue.Int(2)), ("mode", new AttributeValue.Text(tape.Choose("DCR", "CRD"))))
                    : tape.Net.Relu(x);
            case 5:
                return shape[2] % 2 == 0
                    ? tape.Node("SpaceToDepth", [x], [1, 4 * shape[1], shape[2] / 2, shape[3] / 2], ("blocksize", new AttributeValue.Int(2)))
                    : tape.Net.Relu(x);
            case 6:
                return Resize(x);
            case 7:
                return Shuffle(x);
            case 8:
                return Backwards(x);
            case 9:
                return Joined(x);
            case 10:
                return Repeat(x);
            default:
                return Scale(x);
        }
    }

    // Into two parts, which are turned round; the sizes are stored, computed or left to the operator.
    private string Split(string x)
    {
        var shape = tape.Shape(x);
        if (shape[1] < 2)
        {
            return tape.Net.Relu(x);
        }

        var first = shape[1] % 2 == 0 ? shape[1] / 2 : 1;
        string[] inputs = tape.Choose(3) switch
        {
            0 when shape[1] % 2 == 0 => [x],
            1 => [x, shapes.List(shapes.Number(first), shapes.Of("Sub", shapes.Extent(x, 1), shapes.Number(first)))],
            _ => [x, shapes.Numbers(first, shape[1] - first)],
        };
        var parts = tape.Net.Nodes("Split", inputs, [[.. shape.SetItem(1, first)], [.. shape.SetItem(1, shape[1] - first)]], ("axis", new AttributeValue.Int(1)));
        return tape.Net.Concat(1, parts[1], parts[0]);
    }

    private string Gather(string x)
    {
        var places = new long[tape.Choose(4, 6, 8)];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = tape.Choose(tape.Shape(x)[1]);
        }

        return tape.Node("Gather", [x, shapes.Numbers(places)], [.. tape.Shape(x).SetItem(1, places.Length)], ("axis", new AttributeValue.Int(1)));
    }

    private string Pad(string x)
    {
        var shape = tape.Shape(x);
        var (before, after) = (tape.Choose(3), tape.Choose(0, 2, -1));
        if (before + after + shape[1] < 1)
        {
            return tape.Net.Relu(x);
        }

        return tape.Node("Pad", [x, shapes.Numbers(0, before, 0, 0, 0, after, 0, 0)], [.. shape.SetItem(1, shape[1] + before + after)]);
    }

    private string Resize(string x)
    {
        var shape = tape.Shape(x);
        if (shape[2] > 3)
        {
            return tape.Net.MaxPool(x);
        }

        string[] inputs = tape.Choose(3) switch
        {
            0 => [x, "", tape.Net.Initializer(tape.Net.NewName("scales"), TensorData.From([4], [1f, 1, 2, 2]))],
            1 => [x, "", "", shapes.Numbers(1, shape[1], 2 * shape[2], 2 * shape[3])],
            _ => [x, "", "", tape.Node("Concat", [shapes.Extents(x, 0, 2), shapes.Numbers(2 * shape[2], 2 * shape[3])], [4], ("axis", new AttributeValue.Int(0)))],
        };
        return tape.Node("Resize", inputs, [1, shape[1], 2 * shape[2], 2 * shape[3]], ("mode", new AttributeValue.Text(tape.Choose("nearest", "linear"))));
    }

    // By sizes as x.view(b, g, c // g, h, w) computes them.
    private string Shuffle(string x)
    {
        var shape = tape.Shape(x);
        var groups = tape.Choose(2, 3);
        if (shape[1] % groups != 0)
        {
            return tape.Net.Relu(x);
        }

        var inner = tape.Choose(2) == 0 ? shapes.Of("Div", shapes.Extent(x, 1), shapes.Number(groups)) : shapes.Number(-1);
        var (height, width) = (shapes.Extent(x, 2), shapes.Extent(x, 3));
        var split = shapes.Reshape(
            x, shapes.List(shapes.Extent(x, 0), shapes.Number(groups), inner, height, width), 1, groups, shape[1] / groups, shape[2], shape[3]);
        var turned = tape.Transpose(split, 0, 2, 1, 3, 4);
        var channels = tape.Choose(3) switch
        {
            0 => shapes.Extent(x, 1),
            1 => shapes.Of("Mul", shapes.Extent(turned, 1), shapes.Extent(turned, 2)),
            _ => shapes.Number(shape[1]),
        };
        return shapes.Reshape(turned, shapes.List(shapes.Number(1), channels, height, width), [.. shape]);
    }

    private string Backwards(string x) => tape.Node(
        "Slice", [x, shapes.Numbers(-1), shapes.Numbers(-999), shapes.Numbers(1), shapes.Numbers(-1)], [.. tape.Shape(x)]);

    // Zeros of a stored or a computed shape, joined to the channels.
    private string Joined(string x)
    {
        var shape = tape.Shape(x);
        var sizes = tape.Choose(2) == 0 ? shapes.Numbers(1, 2, shape[2], shape[3]) : shapes.List(shapes.Number(1), shapes.Number(2), shapes.Extent(x, 2), shapes.Extent(x, 3));
        return tape.Net.Concat(1, x, tape.Node("ConstantOfShape", [sizes], [1, 2, shape[2], shape[3]]));
    }

    // Each channel twice, one after the other or all after all.
    private string Repeat(string x)
    {
        var shape = tape.Shape(x);
        if (tape.Choose(2) == 0)
        {
            return tape.Node("Tile", [x, shapes.Numbers(1, 2, 1, 1)], [.. shape.SetItem(1, 2 * shape[1])]);
        }

        var column = tape.Node("Unsqueeze", [x, shapes.Numbers(2)], [1, shape[1], 1, shape[2], shape[3]]);
        var sizes = shapes.List(shapes.Number(1), shapes.Extent(x, 1), shapes.Number(2), shapes.Extent(x, 2), shapes.Extent(x, 3));
        var twice = tape.Node("Expand", [column, sizes], [1, shape[1], 2, shape[2], shape[3]]);
        return tape.Reshape(twice, 1, 2 * shape[1], shape[2], shape[3]);
    }

    // By a number that is computed from an extent.
    private string Scale(string x)
    {
        var width = tape.Node("Cast", [shapes.Extent(x, 1)], [], ("to", new AttributeValue.Int((long)ElementType.Float)));
        return tape.Node("Div", [x, tape.Node("Sqrt", [width], [])], [.. tape.Shape(x)]);
    }
}

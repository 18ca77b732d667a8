namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Steps from one value [1, C, H, W] to the next, with other values of the net at hand.</summary>
internal sealed class PictureSteps(NetTape tape)
{
    private const int Widest = 36;

    private readonly List<string> filters = [];
    private readonly MovementSteps movement = new(tape);

    /// <summary>Makes one step.</summary>
    /// <param name="x">The value to go on from.</param>
    /// <param name="others">All values [1, C, H, W] made so far, this one among them.</param>
    public string Step(string x, IReadOnlyList<string> others)
    {
        var shape = tape.Shape(x);
        if (shape[1] > Widest)
        {
            return Conv(x, 6, 1);
        }

        switch (tape.Choose(17))
        {
            case 0:
                return Conv(x, tape.Choose(4, 6, 8, 12), tape.Choose(1, 3));
            case 1:
                var groups = tape.Choose(2, 3, 4);
                return shape[1] % groups == 0 ? Conv(x, groups * tape.Choose(1, 2, 3), 1, groups) : Conv(x, 12, 1);
            case 2:
                return Conv(x, shape[1] * tape.Choose(1, 2), 3, shape[1]);
            case 3:
                return tape.Net.BatchNormalization(x);
            case 4:
                return Activate(x);
            case 5:
                return tape.Node(tape.Choose("Add", "Sub", "Max", "Mean"), [x, SameShape(x, others)], [.. shape]);
            case 6:
                var other = others.LastOrDefault(value => tape.Shape(value)[2..].SequenceEqual(shape[2..]) && tape.Choose(2) == 0) ?? x;
                return tape.Net.Concat(1, x, other);
            case 7:
                return Gate(x);
            case 8:
                return AddStored(x);
            case 9:
                return shape[2] > 1 ? tape.Net.MaxPool(x) : tape.Net.GlobalAveragePool(x);
            case 10:
                return Shuffle(x);
            case 11:
                var filter = filters.LastOrDefault(name => tape.Shape(name)[1] == shape[1]);
                return filter is null ? Conv(x, 6, 1) : tape.Net.Conv(x, filter, "", pad: tape.Shape(filter)[2] / 2);
            case 12:
                return ChannelsLast(x);
            case 13:
            case 14:
            case 15:
                return movement.Step(x);
            default:
                return shape[1] % 4 == 0 && shape[2] < 4 ? Enlarge(x) : tape.Net.GlobalAveragePool(x);
        }
    }

    private string Conv(string x, int channels, int kernel, int groups = 1)
    {
        var perGroup = tape.Shape(x)[1] / groups;
        var weights = tape.Weights(perGroup * kernel * kernel, channels, perGroup, kernel, kernel);
        if (groups == 1)
        {
            filters.Add(weights);
        }

        return tape.Net.Conv(x, weights, tape.Choose(2) == 0 ? tape.Weights(100, channels) : "", pad: kernel / 2, group: groups);
    }

    private string Activate(string x) => tape.Choose(6) switch
    {
        0 => tape.Net.Relu(x),
        1 => tape.Net.Clip(x),
        2 => tape.Node("Sigmoid", [x], [.. tape.Shape(x)]),
        3 => tape.Node("HardSwish", [x], [.. tape.Shape(x)]),
        4 => tape.Node("PRelu", [x, tape.Weights(3, tape.Shape(x)[1], 1, 1)], [.. tape.Shape(x)]),
        _ => tape.Node("LeakyRelu", [x], [.. tape.Shape(x)]),
    };

    // Another value of that shape, the value itself, or one that a Conv brings to that shape.
    private string SameShape(string x, IReadOnlyList<string> others)
    {
        var shape = tape.Shape(x);
        return others.LastOrDefault(value => value != x && tape.Shape(value).SequenceEqual(shape) && tape.Choose(2) == 0)
            ?? (tape.Choose(2) == 0 ? Conv(x, shape[1], 1) : x);
    }

    // Squeeze and excitation: a gate a channel.
    private string Gate(string x)
    {
        var squeezed = tape.Net.Relu(Conv(tape.Net.GlobalAveragePool(x), 4, 1));
        var gate = Conv(squeezed, tape.Shape(x)[1], 1);
        return tape.Node("Mul", [x, tape.Node("Sigmoid", [gate], [.. tape.Shape(gate)])], [.. tape.Shape(x)]);
    }

    private string AddStored(string x)
    {
        var shape = tape.Shape(x);
        var stored = tape.Choose(4) switch
        {
            0 => tape.Weights(10, shape[1], 1, 1),
            1 => tape.Weights(10, 1, shape[1], 1, 1),
            2 => tape.Weights(10, 1),
            _ => tape.Weights(10, [.. shape[1..]]),
        };
        return tape.Node(tape.Choose("Add", "Mul"), [x, stored], [.. shape]);
    }

    private string Shuffle(string x)
    {
        var shape = tape.Shape(x);
        var groups = tape.Choose(2, 3, 4);
        if (shape[1] % groups != 0)
        {
            return tape.Net.Relu(x);
        }

        var split = tape.Reshape(x, 1, groups, shape[1] / groups, shape[2], shape[3]);
        return tape.Reshape(tape.Transpose(split, 0, 2, 1, 3, 4), [.. shape]);
    }

    // [1, C, H, W] to [1, H, W, C], a product over the last axis, and back.
    private string ChannelsLast(string x)
    {
        var last = tape.Transpose(x, 0, 2, 3, 1);
        var (from, to) = (tape.Shape(x)[1], tape.Choose(4, 6, 9));
        var y = tape.Node("MatMul", [last, tape.Weights(from, from, to)], [.. tape.Shape(last)[..3], to]);
        return tape.Transpose(tape.Node("Add", [y, tape.Weights(10, to)], [.. tape.Shape(y)]), 0, 3, 1, 2);
    }

    // Channels become places of the picture, as DepthToSpace does it: [1, 4 C, H, W] to [1, C, 2 H, 2 W].
    private string Enlarge(string x)
    {
        var shape = tape.Shape(x);
        var split = tape.Reshape(x, 1, shape[1] / 4, 2, 2, shape[2], shape[3]);
        return tape.Reshape(tape.Transpose(split, 0, 1, 4, 2, 5, 3), 1, shape[1] / 4, 2 * shape[2], 2 * shape[3]);
    }
}

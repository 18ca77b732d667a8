using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Axes;

/// <summary>How the indices of each input axis meet the indices of each output axis in a traced data movement.</summary>
internal sealed class AxisPairing
{
    private const int Unseen = -1;
    private const int Several = -2;

    private readonly int[,][] sourceOfOutput;
    private readonly int[,][] targetOfInput;

    /// <summary>Follows every element of one input.</summary>
    public AxisPairing(ImmutableArray<int> inputShape, ImmutableArray<int> outputShape, Movement movement, int input)
    {
        sourceOfOutput = new int[inputShape.Length, outputShape.Length][];
        targetOfInput = new int[inputShape.Length, outputShape.Length][];
        for (var a = 0; a < inputShape.Length; a++)
        {
            for (var b = 0; b < outputShape.Length; b++)
            {
                sourceOfOutput[a, b] = Filled(outputShape[b]);
                targetOfInput[a, b] = Filled(inputShape[a]);
            }
        }

        var from = new int[inputShape.Length];
        var to = new int[outputShape.Length];
        for (var element = 0; element < movement.Positions.Length; element++)
        {
            if (movement.Inputs[element] == input)
            {
                Unravel(movement.Positions[element], inputShape, from);
                Unravel(element, outputShape, to);
                Note(from, to);
            }
        }
    }

    /// <summary>How input axis <paramref name="a"/> meets output axis <paramref name="b"/>.</summary>
    public AxisPair Between(int a, int b)
    {
        var sources = sourceOfOutput[a, b];
        var targets = targetOfInput[a, b];
        var outputIsFunction = !sources.Contains(Several);
        var inputIsFunction = !targets.Contains(Several);
        var oneSource = sources.Where(s => s != Unseen).Distinct().Count() <= 1;
        var oneTarget = targets.Where(t => t != Unseen).Distinct().Count() <= 1;
        var kind = (outputIsFunction, inputIsFunction) switch
        {
            (true, true) => AxisPairKind.OneToOne,
            (true, _) when oneSource => AxisPairKind.Independent,
            (_, true) when oneTarget => AxisPairKind.Independent,
            (true, false) => AxisPairKind.OutputIsFiner,
            (false, true) => AxisPairKind.InputIsFiner,
            _ => MeetFully(a, b) ? AxisPairKind.Independent : AxisPairKind.Tangled,
        };
        return new AxisPair(kind, [.. sources], [.. targets]);
    }

    private bool MeetFully(int a, int b)
    {
        // Neither side determines the other anywhere: the axes are independent. Where some index does determine its
        // partner and another does not, the movement cuts across channels.
        return sourceOfOutput[a, b].All(s => s is Several or Unseen) && targetOfInput[a, b].All(t => t is Several or Unseen);
    }

    private static int[] Filled(int length)
    {
        var places = new int[length];
        Array.Fill(places, Unseen);
        return places;
    }

    private static void Unravel(int position, ImmutableArray<int> shape, int[] index)
    {
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }
    }

    private void Note(int[] from, int[] to)
    {
        for (var a = 0; a < from.Length; a++)
        {
            for (var b = 0; b < to.Length; b++)
            {
                Meet(ref sourceOfOutput[a, b][to[b]], from[a]);
                Meet(ref targetOfInput[a, b][from[a]], to[b]);
            }
        }
    }

    private static void Meet(ref int place, int index)
    {
        place = place == Unseen || place == index ? index : Several;
    }
}

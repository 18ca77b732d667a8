using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Axes;

/// <summary>
/// Notes which index of an input axis comes together with which index of an output axis: for each pair of axes and each index
/// of the one, the index of the other if there is only one.
/// </summary>
internal sealed class AxisMeetings
{
    /// <summary>No element has the index.</summary>
    public const int Unseen = -1;

    /// <summary>Elements with the index have more than one index on the other axis.</summary>
    public const int Several = -2;

    private readonly int[,][] sourceOfOutput;
    private readonly int[,][] targetOfInput;

    /// <summary>Starts with nothing seen.</summary>
    public AxisMeetings(ImmutableArray<int> inputShape, ImmutableArray<int> outputShape)
    {
        InputShape = inputShape;
        OutputShape = outputShape;
        sourceOfOutput = new int[inputShape.Length, outputShape.Length][];
        targetOfInput = new int[inputShape.Length, outputShape.Length][];
        for (var a = 0; a < inputShape.Length; a++)
        {
            for (var b = 0; b < outputShape.Length; b++)
            {
                sourceOfOutput[a, b] = Unmet(outputShape[b]);
                targetOfInput[a, b] = Unmet(inputShape[a]);
            }
        }
    }

    /// <summary>Extents of the input.</summary>
    public ImmutableArray<int> InputShape { get; }

    /// <summary>Extents of the output.</summary>
    public ImmutableArray<int> OutputShape { get; }

    /// <summary>For each index of an output axis: the index of the input axis it came from.</summary>
    public int[] SourceOfOutput(int inputAxis, int outputAxis) => sourceOfOutput[inputAxis, outputAxis];

    /// <summary>For each index of an input axis: the index of the output axis it went to.</summary>
    public int[] TargetOfInput(int inputAxis, int outputAxis) => targetOfInput[inputAxis, outputAxis];

    /// <summary>Notes a meeting of an index with an index of the other axis.</summary>
    public static void Meet(ref int place, int index)
    {
        place = place == Unseen || place == index ? index : Several;
    }

    /// <summary>Notes all meetings of a movement, element by element.</summary>
    public void MeetAll(Movement movement, int input)
    {
        var from = new int[InputShape.Length];
        var to = new int[OutputShape.Length];
        for (var element = 0; element < movement.Positions.Length; element++)
        {
            if (movement.Inputs[element] == input)
            {
                Unravel(movement.Positions[element], InputShape, from);
                Unravel(element, OutputShape, to);
                Note(from, to);
            }
        }
    }

    /// <summary>The index on every axis of a row-major position.</summary>
    public static void Unravel(int position, ImmutableArray<int> shape, Span<int> index)
    {
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
        }
    }

    private static int[] Unmet(int length)
    {
        var places = new int[length];
        Array.Fill(places, Unseen);
        return places;
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
}

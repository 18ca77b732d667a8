using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Axes;

/// <summary>How the indices of each input axis meet the indices of each output axis in a traced data movement.</summary>
internal sealed class AxisPairing
{
    private readonly AxisMeetings meetings;

    /// <summary>Follows every element of one input.</summary>
    public AxisPairing(ImmutableArray<int> inputShape, ImmutableArray<int> outputShape, Movement movement, int input)
    {
        meetings = new AxisMeetings(inputShape, outputShape);
        if (movement.Sums.IsDefault)
        {
            meetings.MeetAll(movement, input);
            return;
        }

        foreach (var sum in movement.Sums.Where(sum => sum.Input == input))
        {
            var origin = new int[inputShape.Length];
            if (AxisDigit.Read(inputShape, sum, origin) is { } digits)
            {
                new DigitMeetings(meetings, digits, origin).MeetAll();
            }
            else
            {
                new SumMeetings(meetings, sum).MeetAll();
            }
        }
    }

    /// <summary>How input axis <paramref name="a"/> meets output axis <paramref name="b"/>.</summary>
    public AxisPair Between(int a, int b)
    {
        var sources = meetings.SourceOfOutput(a, b);
        var targets = meetings.TargetOfInput(a, b);
        var outputIsFunction = !sources.Contains(AxisMeetings.Several);
        var inputIsFunction = !targets.Contains(AxisMeetings.Several);
        var kind = (outputIsFunction, inputIsFunction) switch
        {
            (true, true) => AxisPairKind.OneToOne,
            (true, _) when AtMostOne(sources) => AxisPairKind.Independent,
            (_, true) when AtMostOne(targets) => AxisPairKind.Independent,
            (true, false) => AxisPairKind.OutputIsFiner,
            (false, true) => AxisPairKind.InputIsFiner,
            _ => NeitherTells(sources, targets) ? AxisPairKind.Independent : AxisPairKind.Tangled,
        };
        return new AxisPair(kind, [.. sources], [.. targets]);
    }

    private static bool AtMostOne(int[] places) =>
        places.Where(place => place != AxisMeetings.Unseen).Distinct().Take(2).Count() <= 1;

    // Neither side determines the other anywhere: the axes are independent. Where some index does determine its
    // partner and another does not, the movement cuts across channels.
    private static bool NeitherTells(int[] sources, int[] targets) => sources.Concat(targets).All(place => place < 0);
}

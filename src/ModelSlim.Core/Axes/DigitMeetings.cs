using System.Collections.Immutable;

namespace ModelSlim.Core.Axes;

/// <summary>
/// Notes the meetings of a movement that is digits alone: an index of one axis tells the index of another where it has all of its
/// digits. That takes as long as the axes are, also where axes are split and joined at once, as Reshape does before a normalization of groups.
/// </summary>
internal sealed class DigitMeetings(AxisMeetings meetings, ImmutableArray<AxisDigit> digits, int[] origin)
{
    /// <summary>Notes them all.</summary>
    public void MeetAll()
    {
        for (var from = 0; from < meetings.InputShape.Length; from++)
        {
            var own = digits.Where(digit => digit.From == from).ToArray();
            for (var to = 0; to < meetings.OutputShape.Length; to++)
            {
                var shared = own.Where(digit => digit.To == to).ToArray();
                MeetSources(from, to, shared, shared.Length == own.Length);
                MeetTargets(from, to, own, shared.Length == digits.Count(digit => digit.To == to));
            }
        }
    }

    private void MeetSources(int from, int to, AxisDigit[] shared, bool isTold)
    {
        var sources = meetings.SourceOfOutput(from, to);
        for (var index = 0; index < sources.Length; index++)
        {
            var source = origin[from];
            foreach (var digit in shared)
            {
                source += digit.Of(index) * digit.Step;
            }

            Note(ref sources[index], source, isTold);
        }
    }

    private void MeetTargets(int from, int to, AxisDigit[] own, bool isTold)
    {
        var targets = meetings.TargetOfInput(from, to);
        var values = own.Aggregate(1, (count, digit) => count * digit.Extent);
        for (var value = 0; value < values; value++)
        {
            var (rest, index, target) = (value, origin[from], 0);
            foreach (var digit in own)
            {
                (rest, var at) = Math.DivRem(rest, digit.Extent);
                index += at * digit.Step;
                target += digit.To == to ? at * digit.Radix : 0;
            }

            Note(ref targets[index], target, isTold);
        }
    }

    private static void Note(ref int place, int index, bool isTold)
    {
        if (isTold)
        {
            AxisMeetings.Meet(ref place, index);
        }
        else
        {
            place = AxisMeetings.Several;
        }
    }
}

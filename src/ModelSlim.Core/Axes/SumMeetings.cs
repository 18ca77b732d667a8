using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Axes;

/// <summary>
/// Notes the meetings of a movement whose positions are sums, without going through its elements. Axes that have nothing to do
/// with each other are told apart first: an output axis has to do with the input axes on which its terms differ, and an input
/// axis with the one before it where a sum may carry over. What is left together is gone through index by index; for axes that
/// are split, joined or moved that is no more than their extent.
/// </summary>
internal sealed class SumMeetings
{
    private readonly AxisMeetings meetings;
    private readonly ImmutableArray<int> shape;
    private readonly int[][] inside;
    private readonly int[][] terms;
    private readonly int first;
    private readonly int[] parts;

    /// <summary>Prepares for one input's share of a movement.</summary>
    public SumMeetings(AxisMeetings meetings, PositionSum sum)
    {
        this.meetings = meetings;
        shape = meetings.InputShape;
        inside = [.. sum.Terms.Select(axis => Enumerable.Range(0, axis.Length).Where(i => axis[i] != PositionSum.Outside).ToArray())];

        // From here on the least term of every axis is 0.
        var least = inside.Select((indices, axis) => indices.Select(i => sum.Terms[axis][i]).DefaultIfEmpty(0).Min()).ToArray();
        terms = [.. inside.Select((indices, axis) => indices.Select(i => sum.Terms[axis][i] - least[axis]).ToArray())];
        first = sum.First + least.Sum();
        parts = [.. Enumerable.Range(0, shape.Length + terms.Length)];
    }

    /// <summary>Notes them all.</summary>
    public void MeetAll()
    {
        if (inside.Any(indices => indices.Length == 0))
        {
            return;
        }

        Connect();
        var met = new bool[shape.Length][];
        foreach (var part in Enumerable.Range(0, parts.Length).GroupBy(PartOf).ToArray())
        {
            MeetWithin([.. part.Where(axis => axis < shape.Length)], [.. part.Where(axis => axis >= shape.Length).Select(axis => axis - shape.Length)], met);
        }

        for (var a = 0; a < shape.Length; a++)
        {
            for (var b = 0; b < terms.Length; b++)
            {
                if (PartOf(a) != PartOf(shape.Length + b))
                {
                    MeetAcross(a, b, met[a]);
                }
            }
        }
    }

    private void Connect()
    {
        var most = new long[shape.Length];
        var index = new int[shape.Length];
        AxisMeetings.Unravel(first, shape, index);
        for (var a = 0; a < shape.Length; a++)
        {
            most[a] = index[a];
        }

        for (var b = 0; b < terms.Length; b++)
        {
            var highest = new int[shape.Length];
            foreach (var term in terms[b])
            {
                AxisMeetings.Unravel(term, shape, index);
                for (var a = 0; a < shape.Length; a++)
                {
                    highest[a] = Math.Max(highest[a], index[a]);
                }
            }

            for (var a = 0; a < shape.Length; a++)
            {
                most[a] += highest[a];
                if (highest[a] > 0)
                {
                    Join(a, shape.Length + b);
                }
            }
        }

        for (var a = shape.Length - 1; a > 0; a--)
        {
            if (most[a] >= shape[a])
            {
                most[a - 1] += most[a] / shape[a];
                Join(a, a - 1);
            }
        }
    }

    // Goes through every index of the output axes of one part. What the other parts add does not touch its input axes.
    private void MeetWithin(int[] inputs, int[] outputs, bool[][] met)
    {
        foreach (var a in inputs)
        {
            met[a] = new bool[shape[a]];
        }

        var from = new int[shape.Length];
        var at = new int[outputs.Length];
        for (var more = true; more; more = Next(at, outputs))
        {
            var position = first;
            for (var i = 0; i < outputs.Length; i++)
            {
                position += terms[outputs[i]][at[i]];
            }

            AxisMeetings.Unravel(position, shape, from);
            foreach (var a in inputs)
            {
                met[a][from[a]] = true;
                for (var i = 0; i < outputs.Length; i++)
                {
                    var to = inside[outputs[i]][at[i]];
                    AxisMeetings.Meet(ref meetings.SourceOfOutput(a, outputs[i])[to], from[a]);
                    AxisMeetings.Meet(ref meetings.TargetOfInput(a, outputs[i])[from[a]], to);
                }
            }
        }
    }

    private bool Next(int[] at, int[] outputs)
    {
        for (var i = at.Length - 1; i >= 0; i--)
        {
            if (++at[i] < terms[outputs[i]].Length)
            {
                return true;
            }

            at[i] = 0;
        }

        return false;
    }

    // Every index of the one comes together with every index of the other.
    private void MeetAcross(int a, int b, bool[] met)
    {
        var source = met.Count(seen => seen) == 1 ? Array.IndexOf(met, true) : AxisMeetings.Several;
        foreach (var to in inside[b])
        {
            meetings.SourceOfOutput(a, b)[to] = source;
        }

        var target = inside[b].Length == 1 ? inside[b][0] : AxisMeetings.Several;
        for (var from = 0; from < met.Length; from++)
        {
            if (met[from])
            {
                meetings.TargetOfInput(a, b)[from] = target;
            }
        }
    }

    private int PartOf(int axis)
    {
        while (parts[axis] != axis)
        {
            axis = parts[axis];
        }

        return axis;
    }

    private void Join(int one, int other) => parts[PartOf(one)] = PartOf(other);
}

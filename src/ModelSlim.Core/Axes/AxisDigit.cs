using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Axes;

/// <summary>
/// A part that an output axis shares with an input axis, as where Reshape splits and joins axes: the index of the one has it as a digit,
/// and so has the index of the other.
/// </summary>
/// <param name="From">The input axis; -1 where it is none's, because elements are repeated.</param>
/// <param name="Step">How far one more takes the index of the input axis.</param>
/// <param name="To">The output axis.</param>
/// <param name="Radix">How far one more takes the index of the output axis.</param>
/// <param name="Extent">How many values the digit has, more than one.</param>
internal readonly record struct AxisDigit(int From, int Step, int To, int Radix, int Extent)
{
    /// <summary>The digit of an index of the output axis.</summary>
    public int Of(int index) => index / Radix % Extent;

    /// <summary>The digits of a movement whose positions are sums.</summary>
    /// <param name="shape">Extents of the input.</param>
    /// <param name="sum">The movement.</param>
    /// <param name="origin">The index of each input axis where all digits are 0.</param>
    /// <returns>The digits, those of an axis by how far they step; null where the movement has none, as where it goes backwards.</returns>
    public static ImmutableArray<AxisDigit>? Read(ImmutableArray<int> shape, PositionSum sum, int[] origin)
    {
        var digits = new List<AxisDigit>();
        var first = sum.First;
        for (var to = 0; to < sum.Terms.Length; to++)
        {
            if (sum.Terms[to].IsEmpty || sum.Terms[to][0] == PositionSum.Outside)
            {
                return null;
            }

            first += sum.Terms[to][0];
            if (!Split(shape, to, sum.Terms[to], digits))
            {
                return null;
            }
        }

        AxisMeetings.Unravel(first, shape, origin);
        var ordered = digits.OrderBy(digit => digit.From).ThenBy(digit => digit.Step).ToImmutableArray();
        return AddUp(ordered, shape, origin) ? ordered : null;
    }

    // Runs of equal steps within runs of equal steps, the inner ones first.
    private static bool Split(ImmutableArray<int> shape, int to, ImmutableArray<int> terms, List<AxisDigit> digits)
    {
        for (var radix = 1; radix < terms.Length;)
        {
            var count = terms.Length / radix;
            var step = (long)terms[radix] - terms[0];
            var run = 1;
            while (run < count && terms[run * radix] - terms[0] == run * step)
            {
                run++;
            }

            if (step < 0 || count % run != 0)
            {
                return false;
            }

            for (var i = 0; i < count; i++)
            {
                if ((long)terms[i * radix] != (long)terms[i / run * run * radix] + terms[i % run * radix] - terms[0])
                {
                    return false;
                }
            }

            if (!Share(shape, to, radix, run, step, digits))
            {
                return false;
            }

            radix *= run;
        }

        return true;
    }

    // Steps that reach past an input axis go on in the one before it.
    private static bool Share(ImmutableArray<int> shape, int to, int radix, int extent, long step, List<AxisDigit> digits)
    {
        if (step == 0)
        {
            digits.Add(new AxisDigit(-1, 0, to, radix, extent));
            return true;
        }

        var stride = 1L;
        for (var from = shape.Length - 1; extent > 1; stride *= shape[from], from--)
        {
            if (from < 0)
            {
                return false;
            }

            var end = stride * shape[from];
            if (step >= end)
            {
                continue;
            }

            var room = end / step;
            var taken = (int)Math.Min(extent, room);
            if (step % stride != 0 || (taken < extent && (end % step != 0 || extent % taken != 0)))
            {
                return false;
            }

            if (taken > 1)
            {
                digits.Add(new AxisDigit(from, (int)(step / stride), to, radix, taken));
            }

            (radix, extent, step) = (radix * taken, extent / taken, step * taken);
        }

        return true;
    }

    // Digits of one axis must not reach into each other, nor past its end.
    private static bool AddUp(ImmutableArray<AxisDigit> digits, ImmutableArray<int> shape, int[] origin)
    {
        for (var from = 0; from < shape.Length; from++)
        {
            var reach = 1;
            var most = (long)origin[from];
            foreach (var digit in digits.Where(digit => digit.From == from))
            {
                if (digit.Step < reach)
                {
                    return false;
                }

                reach = digit.Step * digit.Extent;
                most += (long)digit.Step * (digit.Extent - 1);
            }

            if (most >= shape[from])
            {
                return false;
            }
        }

        return true;
    }
}

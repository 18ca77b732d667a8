using ModelSlim.Core.Recipes;

namespace ModelSlim.Evaluation.Masking;

/// <summary>Columns of a layer, in all its groups, among which the weights that go are chosen at once.</summary>
/// <param name="layer">The layer.</param>
/// <param name="parts">Its groups.</param>
/// <param name="columns">The columns of the parts, as the layout counts them.</param>
/// <param name="first">First column of the block.</param>
/// <param name="count">How many there are.</param>
/// <param name="together">How many outputs lose a column together.</param>
internal sealed class ColumnBlock(MaskingSite layer, LayerPart[] parts, int[] columns, int first, int count, int together)
{
    private readonly int outputs = layer.Layout.Outputs;

    /// <summary>Chooses, and lets them go column by column.</summary>
    /// <param name="masked">The layer's weights after a choice was made: as many become zero.</param>
    /// <param name="target">Says whether so many go for each output.</param>
    public void Remove(float[] masked, SparsityTarget target)
    {
        // A unit is a column of as many outputs as go together; those of the same outputs lie one after the other.
        var units = parts.Length * outputs / together * count;
        var errors = new double[units];
        var go = new bool[units];
        var gone = 0;
        for (var unit = 0; unit < units; unit++)
        {
            var (group, output, column) = Place(unit);
            gone += Enumerable.Range(output, together).All(o => masked[layer.Layout.WeightPlace(group, columns[column], o)] == 0) ? 1 : 0;
            errors[unit] = Error(group, output, column);
        }

        if (target.IsPattern)
        {
            for (var lane = 0; lane < units; lane += count)
            {
                Mark(errors, go, lane, count, count - target.Stay);
            }
        }
        else
        {
            Mark(errors, go, 0, units, gone);
        }

        var marked = new bool[outputs];
        for (var column = 0; column < count; column++)
        {
            for (var group = 0; group < parts.Length; group++)
            {
                for (var output = 0; output < outputs; output++)
                {
                    marked[output] = go[(((group * outputs) + output) / together * count) + column];
                }

                parts[group].State.Remove(first + column, marked);
            }
        }
    }

    // The group, first output and column of a unit.
    private (int Group, int Output, int Column) Place(int unit)
    {
        var (row, column) = Math.DivRem(unit, count);
        var (group, output) = Math.DivRem(row * together, outputs);
        return (group, output, first + column);
    }

    // What was zero before goes first.
    private double Error(int group, int output, int column)
    {
        var (sum, isZero) = (0.0, true);
        for (var o = output; o < output + together; o++)
        {
            var scale = layer.Site.Scale[(group * outputs) + o];
            isZero &= parts[group].WasZero(column, o);
            sum += parts[group].State.Error(column, o) * scale * scale;
        }

        return isZero ? -1 : sum;
    }

    // Of equal ones the first go. What was zero before stays so, also where a pattern leaves room for more.
    private static void Mark(double[] errors, bool[] go, int first, int length, int count)
    {
        var places = Enumerable.Range(first, length).ToArray();
        Array.Sort(places, (one, other) => errors[one] != errors[other] ? errors[one].CompareTo(errors[other]) : one.CompareTo(other));
        var zeros = places.TakeWhile(place => errors[place] < 0).Count();
        foreach (var place in places.AsSpan(0, Math.Max(count, zeros)))
        {
            go[place] = true;
        }
    }
}

using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Masking;

/// <summary>Columns of one group of a layer while its weights go.</summary>
/// <param name="Group">The group.</param>
/// <param name="State">The weights that are left.</param>
/// <param name="Before">The weights before any went, [K, M].</param>
/// <param name="Moments">Of the columns.</param>
internal sealed record LayerPart(int Group, WeightElimination State, double[] Before, SecondMoments Moments)
{
    /// <summary>True where a weight was zero before any went, and so goes before all others.</summary>
    public bool WasZero(int column, int output) => Before[(column * (Before.Length / Moments.Columns)) + output] == 0;

    /// <summary>Stores what is left, and what makes up for the mean of what went.</summary>
    /// <param name="layout">The layer.</param>
    /// <param name="columns">Which of its columns these are.</param>
    /// <param name="values">The weights in the stored order.</param>
    /// <param name="intercept">What is to be added to each channel.</param>
    public void Store(LayerLayout layout, int[] columns, float[] values, double[] intercept)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            for (var o = 0; o < layout.Outputs; o++)
            {
                var weight = State.Weights[(i * layout.Outputs) + o];
                intercept[(Group * layout.Outputs) + o] += Moments.Sums[i] / Moments.Count * (Before[(i * layout.Outputs) + o] - weight);
                values[layout.WeightPlace(Group, columns[i], o)] = (float)weight;
            }
        }
    }
}

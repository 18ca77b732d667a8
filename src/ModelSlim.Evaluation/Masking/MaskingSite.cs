using ModelSlim.Core.Masking;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Masking;

/// <summary>A layer some of whose weights become zero, in a walk that has come to it.</summary>
/// <param name="Site">The layer.</param>
/// <param name="Weight">Its weight, and along which axes patterns lie.</param>
/// <param name="Tensor">The weight as it is stored.</param>
/// <param name="Layout">The layer, laid out for one chunk.</param>
internal sealed record MaskingSite(FitSite Site, MaskableWeight Weight, TensorData Tensor, LayerLayout Layout)
{
    private const int RowsPerColumn = 12;
    private const int LeastRows = 4096;
    private const int MostRows = 16_384;

    /// <summary>What the layer reads in rows chosen by the seed.</summary>
    /// <param name="walk">The walk.</param>
    /// <param name="group">The convolution group.</param>
    /// <param name="columns">Which columns to take, in which order.</param>
    /// <param name="seed">The seed.</param>
    public Rows Features(GraphWalk walk, int group, int[] columns, long seed)
    {
        var rows = new ChosenRows(walk.Chunks, Layout.Rows, Math.Clamp(RowsPerColumn * columns.Length, LeastRows, MostRows), seed, $"mask/{Weight.Name}");
        var under = new int[Layout.Columns];
        return rows.Take(walk, Site.Input, columns.Length, (row, places) =>
        {
            Layout.Under(row, group, under);
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = under[columns[i]];
            }
        });
    }
}

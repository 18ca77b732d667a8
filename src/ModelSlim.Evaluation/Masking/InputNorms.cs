using ModelSlim.Evaluation.Repair;

namespace ModelSlim.Evaluation.Masking;

/// <summary>For each weight the norm of what it multiplies, in units of the value that its layer leads to.</summary>
/// <param name="seed">Seed of the choice of rows.</param>
internal sealed class InputNorms(long seed)
{
    private readonly Dictionary<string, float[]> byWeight = new(StringComparer.Ordinal);

    /// <summary>Norms by name of the weight, one for each of its elements in the stored order.</summary>
    public IReadOnlyDictionary<string, float[]> ByWeight => byWeight;

    /// <summary>Notes those of a layer.</summary>
    /// <param name="site">The layer.</param>
    /// <param name="walk">The walk, which has come to it.</param>
    public void Add(MaskingSite site, GraphWalk walk)
    {
        var layout = site.Layout;
        var norms = new float[site.Tensor.Length];
        var columns = Enumerable.Range(0, layout.Columns).ToArray();
        for (var group = 0; group < layout.Groups; group++)
        {
            var features = site.Features(walk, group, columns, seed);
            var squares = new double[layout.Columns];
            var sums = new double[layout.Columns];
            for (var row = 0; row < features.Count; row++)
            {
                var read = features[row];
                for (var column = 0; column < read.Length; column++)
                {
                    squares[column] += (double)read[column] * read[column];
                    sums[column] += read[column];
                }
            }

            for (var column = 0; column < squares.Length; column++)
            {
                // What goes of the mean is made up for where there is a place for it.
                var mean = site.Site.Intercept is not null ? sums[column] / features.Count : 0;
                var norm = Math.Sqrt(Math.Max(0, (squares[column] / features.Count) - (mean * mean)));
                for (var output = 0; output < layout.Outputs; output++)
                {
                    norms[layout.WeightPlace(group, column, output)] = (float)(norm * Math.Abs(site.Site.Scale[(group * layout.Outputs) + output]));
                }
            }
        }

        byWeight[site.Weight.Name] = norms;
    }
}

namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// Takes the rows of a fit out of the walks through both models: what a layer reads, and what is at its goal, at the same
/// places of the same samples.
/// </summary>
internal sealed class SiteSamples
{
    private readonly SiteTask task;
    private readonly LayerLayout layout;
    private readonly ChosenRows chosen;

    /// <summary>Chooses the rows.</summary>
    /// <param name="task">The layer.</param>
    /// <param name="mostRows">About how many rows to take.</param>
    /// <param name="seed">Seed of the choice.</param>
    public SiteSamples(SiteTask task, int mostRows, long seed)
    {
        this.task = task;
        layout = task.Layout;
        var name = task.Site.Node.Outputs.First(output => output.Length > 0);
        chosen = new ChosenRows(task.Slim.Chunks, layout.Rows, mostRows, seed, $"repair/{name}");
    }

    /// <summary>Number of rows.</summary>
    public int Count => chosen.Count;

    /// <summary>Number of rows from the chunks before <paramref name="chunk"/>.</summary>
    public int CountBefore(int chunk) => chosen.CountBefore(chunk);

    /// <summary>What the layer reads for one group: columns as in the layout.</summary>
    public Rows Features(int group) =>
        Take(task.Slim, task.Site.Input, layout.Columns, (row, places) => layout.Under(row, group, places));

    /// <summary>What the original's layer reads for its first group, in the same rows.</summary>
    public Rows OriginalFeatures()
    {
        var original = task.OriginalLayout!;
        var rows = Enumerable.Range(0, original.Rows).ToDictionary(original.RowPlace);
        return Take(task.Original, task.Site.Input, original.Columns, (row, places) =>
            original.Under(rows[task.GoalPlaces.Row(layout.RowPlace(row))], 0, places));
    }

    /// <summary>What the original has at the goal: a column for each output of a group.</summary>
    public Rows Goal(int group)
    {
        int[] channels = [.. Channels(group).Select(place => task.GoalPlaces.Channel(place))];
        return Take(task.Original, task.Site.Goal!, channels.Length, (row, places) => Put(task.GoalPlaces.Row(layout.RowPlace(row)), channels, places));
    }

    /// <summary>What is added at the goal.</summary>
    public Rows Beside(int group)
    {
        var channels = Channels(group);
        return Take(task.Slim, task.Site.Beside!, channels.Length, (row, places) => Put(layout.RowPlace(row), channels, places));
    }

    /// <summary>All channels that a convolution of one group reads, at one input place for each row: under the middle of the kernel.</summary>
    public Rows Middles(GraphWalk walk, ConvolutionLayout convolution) =>
        Take(walk, task.Site.Input, convolution.InputChannels, convolution.Middle);

    private int[] Channels(int group) =>
        [.. Enumerable.Range(group * layout.Outputs, layout.Outputs).Select(layout.ChannelPlace)];

    private static void Put(int row, int[] channels, Span<int> places)
    {
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = row + channels[i];
        }
    }

    private Rows Take(GraphWalk walk, string value, int columns, ChosenRows.Locate locate) => chosen.Take(walk, value, columns, locate);
}

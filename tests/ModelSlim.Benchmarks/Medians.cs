namespace ModelSlim.Benchmarks;

/// <summary>Several pieces of work measured in turns, so that whatever else the machine does meets all of them alike.</summary>
internal static class Medians
{
    /// <summary>Measures, in turns, after one turn that does not count.</summary>
    /// <param name="turns">How often each.</param>
    /// <param name="works">Each gives its clock time and its processor time.</param>
    /// <returns>For each the medians, in seconds.</returns>
    public static async Task<IReadOnlyList<(double Clock, double Work)>> OfAsync(int turns, params Func<Task<(TimeSpan Clock, TimeSpan Work)>>[] works)
    {
        var times = works.Select(_ => new List<(double Clock, double Work)>()).ToArray();
        for (var turn = 0; turn <= turns; turn++)
        {
            for (var at = 0; at < works.Length; at++)
            {
                // Every other turn the other way round: who comes first has no advantage.
                var which = turn % 2 == 0 ? at : works.Length - 1 - at;
                var (clock, work) = await works[which]();
                if (turn > 0)
                {
                    times[which].Add((clock.TotalSeconds, work.TotalSeconds));
                }
            }
        }

        return [.. times.Select(all => (Median(all.Select(time => time.Clock)), Median(all.Select(time => time.Work))))];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

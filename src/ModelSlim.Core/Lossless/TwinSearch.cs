namespace ModelSlim.Core.Lossless;

/// <summary>Finds equal places of an axis, by one mark after the other: places are equal where all their marks are.</summary>
internal sealed class TwinSearch
{
    private bool differ;

    /// <summary>Starts with places that are all equal.</summary>
    /// <param name="extent">Number of places.</param>
    public TwinSearch(int extent)
    {
        First = new int[extent];
        differ = extent < 2;
    }

    /// <summary>For each place the first one that is equal to it.</summary>
    public int[] First { get; private set; }

    /// <summary>Tells places apart by a mark of each.</summary>
    public void Refine(Func<int, int> mark)
    {
        if (differ)
        {
            return;
        }

        var (finer, first) = (new int[First.Length], new Dictionary<(int, int), int>());
        for (var place = 0; place < finer.Length; place++)
        {
            var key = (First[place], mark(place));
            finer[place] = first.TryAdd(key, place) ? place : first[key];
        }

        First = finer;
        differ = first.Count == finer.Length;
    }
}

namespace ModelSlim.Evaluation.Sessions;

/// <summary>
/// Lets go of large arrays. Weights and values of a large model are few and large, and the collector, which goes by what was
/// allocated, would let several copies that nobody needs pile up before it looks at them.
/// </summary>
public static class LargeArrays
{
    private const long Worth = 1L << 29;
    private const long WorthOfNew = 1L << 28;

    /// <summary>Collects what nobody needs, where there is so much that it may be worth the time. Call it between two steps of work.</summary>
    public static void LetGo()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) > Worth)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>
    /// Collects where much was allocated since the last collection, though what is held for long may be much more. Call it between
    /// two batches of samples.
    /// </summary>
    public static void LetGoOfNew()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) - GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes > WorthOfNew)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }
}

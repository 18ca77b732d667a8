using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tests.Sessions;

/// <summary>Alone, since what other tests allocate and collect is in the same heap.</summary>
[CollectionDefinition(nameof(LargeArraysTests), DisableParallelization = true)]
[Collection(nameof(LargeArraysTests))]
public sealed class LargeArraysTests
{
    [Fact]
    public void What_was_allocated_since_the_last_collection_is_let_go()
    {
        GC.Collect();
        var before = GC.CollectionCount(GC.MaxGeneration);
        var gone = Allocate();
        LargeArrays.LetGoOfNew();

        Assert.False(gone.IsAlive);
        Assert.True(GC.CollectionCount(GC.MaxGeneration) > before);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Allocate() => new(GC.AllocateUninitializedArray<byte>(300 << 20));
}

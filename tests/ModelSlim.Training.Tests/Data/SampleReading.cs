using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

/// <summary>Opens sources for tests.</summary>
internal static class SampleReading
{
    public static readonly SourceSpan Place = new("prune.yaml", 7, 12);

    /// <summary>A model of token ids [3] and a vector [2].</summary>
    public static readonly ImmutableArray<SampleInput> Two = [new("ids", ElementType.Int64, [3]), new("x", ElementType.Float, [2])];

    public static SampleSet Open(DataSource source, params ImmutableArray<SampleInput> inputs)
    {
        var result = new SampleSetReader().Open(source, new(), inputs);
        Assert.Empty(result.Diagnostics);
        return result.Value!;
    }

    public static Diagnostic Fails(DataSource source, params ImmutableArray<SampleInput> inputs)
    {
        var result = new SampleSetReader().Open(source, new(), inputs);
        Assert.False(result.Succeeded);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(Place, diagnostic.Location);
        return diagnostic;
    }

    public static SampleInput Vector(int length) => new("x", ElementType.Float, [length]);
}

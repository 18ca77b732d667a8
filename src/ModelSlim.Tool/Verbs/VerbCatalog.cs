using System.Collections.Immutable;

namespace ModelSlim.Tool.Verbs;

/// <summary>Every verb, in the order of the help.</summary>
internal static class VerbCatalog
{
    /// <summary>New verbs; a command can be in one tree only.</summary>
    public static ImmutableArray<Verb> All =>
    [
        new InitVerb(),
        new InspectVerb(),
        new CheckVerb(),
        new PlanVerb(),
        new PruneVerb(),
        new VerifyVerb(),
        new LockVerb(),
        new BenchVerb(),
        new CachePathVerb(),
        new CacheListVerb(),
        new CacheExplainVerb(),
        new CacheVerifyVerb(),
        new CacheGcVerb(),
        new CacheClearVerb(),
        new CachePushVerb(),
        new CachePullVerb(),
        new SchemaVerb(),
        new ExplainVerb(),
        new DoctorVerb(),
        new DescribeVerb(),
    ];
}

namespace ModelSlim.Core.Costs;

/// <summary>What the multiply-accumulates of a model are counted on that does not compute the same for every sample.</summary>
public enum MacsBasis
{
    /// <summary>The mean over samples, each of which leaves where it leaves.</summary>
    Mean,

    /// <summary>The sample that takes the most.</summary>
    Most,

    /// <summary>What lies outside subgraphs whose layers cannot be counted, such as the bodies of loops.</summary>
    Outside,
}

namespace ModelSlim.Core.Costs;

/// <summary>What the subgraphs of a model cost. Nothing is removed from them, and what they read keeps its shape, so it is the same before and after a cut.</summary>
/// <param name="Macs">Multiply-accumulates of the branches that take the most.</param>
/// <param name="Params">What all subgraphs store.</param>
/// <param name="Basis">What the multiply-accumulates of the whole are counted on then; null where no subgraph has weights.</param>
public sealed record InnerCost(long Macs, long Params, MacsBasis? Basis)
{
    /// <summary>That of a model without subgraphs.</summary>
    public static InnerCost None { get; } = new(0, 0, null);
}

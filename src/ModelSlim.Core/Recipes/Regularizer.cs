namespace ModelSlim.Core.Recipes;

/// <summary>What makes channels fade in sparse training.</summary>
public enum Regularizer
{
    /// <summary>L1 norm of the factor behind each channel (Liu et al. 2017, equation 1).</summary>
    ScaleL1,

    /// <summary>L2 norm of everything that belongs to a channel, not squared (Yuan and Lin 2006; Wen et al. 2016).</summary>
    GroupLasso,

    /// <summary>Weight decay that grows, fastest for the weakest channels (Wang et al. 2021; Fang et al. 2023).</summary>
    Growing,
}

namespace ModelSlim.Core.Recipes;

/// <summary>How the model is made smaller.</summary>
public enum Method
{
    /// <summary>Whole channels go, by their scores.</summary>
    Channels,

    /// <summary>Training makes channels fade first; those that faded go (Liu et al. 2017, "Network Slimming").</summary>
    Slimming,

    /// <summary>Channels are zero for a while in training and may come back; those of the last choice go (He et al. 2018).</summary>
    Soft,

    /// <summary>Single weights become zero, wherever they are; no shape changes (Han et al. 2015).</summary>
    Unstructured,

    /// <summary>Of every M weights that lie one after the other N stay; no shape changes (Mishra et al. 2021).</summary>
    SemiStructured,

    /// <summary>Nothing goes, but samples that are easy leave early (Teerapittayanon et al. 2016, "BranchyNet").</summary>
    Dynamic,
}

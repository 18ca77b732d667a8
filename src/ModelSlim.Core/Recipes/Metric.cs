namespace ModelSlim.Core.Recipes;

/// <summary>What is measured.</summary>
public enum Metric
{
    /// <summary>Fraction of samples whose largest output is the label's.</summary>
    Accuracy,

    /// <summary>Fraction of samples whose label is among the five largest outputs.</summary>
    Top5,

    /// <summary>Mean squared difference of the raw outputs to the original's, relative to their mean square; of several outputs the largest.</summary>
    Mse,

    /// <summary>Fraction of samples on which the largest value is where the original's is; of several outputs the least.</summary>
    Agreement,
}

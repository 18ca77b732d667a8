namespace ModelSlim.Core.Recipes;

/// <summary>Course of the learning rate after warm-up.</summary>
public enum Schedule
{
    /// <summary>Down to 0 along half a cosine.</summary>
    Cosine,

    /// <summary>The same throughout.</summary>
    Constant,
}

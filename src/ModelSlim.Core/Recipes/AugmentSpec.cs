namespace ModelSlim.Core.Recipes;

/// <summary>Section <c>finetune.augment</c>: how training pictures differ each time they are seen.</summary>
public sealed record AugmentSpec
{
    /// <summary>Pixels by which a picture is moved at the most, up or down and to either side; its edges fill what comes free.</summary>
    public int Crop { get; init; }

    /// <summary>Whether every other picture is seen in a mirror, left to right.</summary>
    public bool Flip { get; init; }
}

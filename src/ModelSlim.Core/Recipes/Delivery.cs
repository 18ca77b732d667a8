namespace ModelSlim.Core.Recipes;

/// <summary>How the app gets the model.</summary>
public enum Delivery
{
    /// <summary>A file beside the app, packed with a library too.</summary>
    Content,

    /// <summary>A file beside the app.</summary>
    None,

    /// <summary>A resource in the assembly.</summary>
    Embed,
}

namespace ModelSlim.Core.Recipes;

/// <summary>What methods have in common.</summary>
public static class MethodTraits
{
    /// <summary>True where training decides what goes, before anything does.</summary>
    public static bool TrainsFirst(this Method method) => method is Method.Slimming or Method.Soft;

    /// <summary>True where single weights become zero and no shape changes.</summary>
    public static bool MasksWeights(this Method method) => method is Method.Unstructured or Method.SemiStructured;

    /// <summary>True where nothing goes and samples leave early.</summary>
    public static bool ExitsEarly(this Method method) => method == Method.Dynamic;
}

namespace ModelSlim.Core.Recipes;

/// <summary>What methods have in common.</summary>
public static class MethodTraits
{
    /// <summary>True where channels go.</summary>
    public static bool CutsChannels(this Method method) => method == Method.Channels || method.TrainsFirst();

    /// <summary>True where training decides what goes, before anything does.</summary>
    public static bool TrainsFirst(this Method method) => method is Method.Slimming or Method.Soft;

    /// <summary>True where single weights become zero and no shape changes.</summary>
    public static bool MasksWeights(this Method method) => method is Method.Unstructured or Method.SemiStructured;

    /// <summary>True where nothing goes and samples leave early.</summary>
    public static bool ExitsEarly(this Method method) => method == Method.Dynamic;

    /// <summary>The word that a recipe has for it.</summary>
    public static string Word(this Method method) => method == Method.SemiStructured ? "n:m" : method.ToString().ToLowerInvariant();

    /// <summary>True where it can score by a criterion.</summary>
    public static bool Scores(this Method method, Criterion criterion) => criterion == Criterion.Auto || (method.MasksWeights()
        ? criterion is Criterion.Magnitude or Criterion.Lamp or Criterion.Wanda or Criterion.Reconstruction or Criterion.Random
        : method == Method.Channels);
}

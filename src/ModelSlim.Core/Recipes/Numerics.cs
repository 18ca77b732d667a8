namespace ModelSlim.Core.Recipes;

/// <summary>How training computes: where the same bytes come out, at which speed.</summary>
public enum Numerics
{
    /// <summary>The same bytes on every x64 CPU that has AVX2.</summary>
    Portable,

    /// <summary>The same bytes on every x64 CPU, without AVX2 too; slower.</summary>
    Floor,

    /// <summary>As fast as the machine can; another machine gives other bytes.</summary>
    Native,
}

using System.Globalization;

namespace ModelSlim.Core.Recipes;

/// <summary>How many weights are to be zero.</summary>
/// <param name="Share">Their share, from 0 to 1.</param>
public sealed record SparsityTarget(double Share)
{
    /// <summary>Makes a pattern: of every so many weights that lie one after the other, so many stay.</summary>
    /// <param name="stay">How many stay, N of N:M.</param>
    /// <param name="block">Of how many, M.</param>
    public SparsityTarget(int stay, int block)
        : this(1 - ((double)stay / block)) => (Stay, Block) = (stay, block);

    /// <summary>How many of each block stay, N of N:M; 0 where there is no such pattern.</summary>
    public int Stay { get; init; }

    /// <summary>Number of weights in a block, M of N:M; 0 where there is no such pattern.</summary>
    public int Block { get; init; }

    /// <summary>How many outputs lose an input together, B of Bx1; 1 where each weight goes alone.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>True where so many of every block stay.</summary>
    public bool IsPattern => Block > 0;

    /// <summary>True where whole blocks of outputs go.</summary>
    public bool IsBlocks => Outputs > 1;

    /// <summary>Where weights lie that go: <c>2:4</c>, <c>4x1</c>; null where that is anywhere.</summary>
    public string? Pattern => IsPattern ? string.Create(CultureInfo.InvariantCulture, $"{Stay}:{Block}")
        : IsBlocks ? string.Create(CultureInfo.InvariantCulture, $"{Outputs}x1")
        : null;

    /// <inheritdoc/>
    public override string ToString()
    {
        var share = (100 * Share).ToString("0.###", CultureInfo.InvariantCulture) + "%";
        return IsPattern ? Pattern! : IsBlocks ? $"{share} in {Pattern}" : share;
    }
}

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

    /// <summary>How many of each block stay, N of N:M; 0 where there is no pattern.</summary>
    public int Stay { get; init; }

    /// <summary>Number of weights in a block, M of N:M; 0 where there is no pattern.</summary>
    public int Block { get; init; }

    /// <summary>True where it is a pattern.</summary>
    public bool IsPattern => Block > 0;

    /// <inheritdoc/>
    public override string ToString() => IsPattern
        ? string.Create(CultureInfo.InvariantCulture, $"{Stay}:{Block}")
        : (100 * Share).ToString("0.###", CultureInfo.InvariantCulture) + "%";
}

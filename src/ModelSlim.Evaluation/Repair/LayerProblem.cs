namespace ModelSlim.Evaluation.Repair;

/// <summary>
/// What a layer should do, from samples: find W [K, M] and c [M] such that
/// <c>act(scale * (X W + c) + shift + beside)</c> is near <c>act(goal)</c>.
/// </summary>
internal sealed record LayerProblem
{
    /// <summary>X [R, K]: what the layer reads in the slim model.</summary>
    public required Rows Features { get; init; }

    /// <summary>[R, M]: what the original model has where the chain from this layer ends, before its activation.</summary>
    public required Rows Goal { get; init; }

    /// <summary>[R, M]: what else is added there in the slim model; null where nothing is.</summary>
    public Rows? Beside { get; init; }

    /// <summary>[M]: factor from layer to goal, such as that of a BatchNormalization. None is 0.</summary>
    public required double[] Scale { get; init; }

    /// <summary>[M]: added from layer to goal, with the layer's bias in it.</summary>
    public required double[] Shift { get; init; }

    /// <summary>The activation after the goal.</summary>
    public required Bounds Activation { get; init; }

    /// <summary>[K, M], row-major: the weights as they are.</summary>
    public required double[] Weights { get; init; }

    /// <summary>True where weights that are zero stay zero.</summary>
    public bool KeepsZeros { get; init; }

    /// <summary>True where the layer has a place for c; else c is 0.</summary>
    public required bool HasIntercept { get; init; }

    /// <summary>The first rows, which are fitted; the others judge.</summary>
    public required int FittedRows { get; init; }

    /// <summary>M.</summary>
    public int Outputs => Goal.Columns;

    /// <summary>What reaches the goal without the layer.</summary>
    public double Rest(int row, int output) =>
        Shift[output] + (Beside is null ? 0 : Beside.Data[(row * Beside.Columns) + output]);

    /// <summary>What the layer would have to give so that the goal is <paramref name="wish"/>.</summary>
    public float Target(int row, int output, double wish) => (float)((wish - Rest(row, output)) / Scale[output]);
}

namespace ModelSlim.Core.Recipes;

/// <summary>An optimizer and its settings.</summary>
public abstract record OptimizerSpec
{
    private OptimizerSpec()
    {
    }

    /// <summary>Largest learning rate.</summary>
    public double LearningRate { get; init; }

    /// <summary>Weight decay on weights of rank 2 and more.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Stochastic gradient descent with momentum.</summary>
    public sealed record Sgd : OptimizerSpec
    {
        /// <summary>Sets the defaults.</summary>
        public Sgd()
        {
            LearningRate = 0.01;
            WeightDecay = 1e-4;
        }

        /// <summary>Momentum.</summary>
        public double Momentum { get; init; } = 0.9;

        /// <summary>Nesterov's form.</summary>
        public bool Nesterov { get; init; } = true;
    }

    /// <summary>AdamW (Loshchilov and Hutter 2019).</summary>
    public sealed record AdamW : OptimizerSpec
    {
        /// <summary>Sets the defaults.</summary>
        public AdamW()
        {
            LearningRate = 3e-4;
            WeightDecay = 1e-2;
        }

        /// <summary>Decay of the first moment.</summary>
        public double Beta1 { get; init; } = 0.9;

        /// <summary>Decay of the second moment.</summary>
        public double Beta2 { get; init; } = 0.999;

        /// <summary>Added to the second moment.</summary>
        public double Epsilon { get; init; } = 1e-8;
    }

    /// <summary>Muon (Jordan 2024) for weights that are matrices, momentum in Nesterov's form for the rest.</summary>
    public sealed record Muon : OptimizerSpec
    {
        /// <summary>Sets the defaults.</summary>
        public Muon()
        {
            LearningRate = 0.03;
            WeightDecay = 0.005;
        }

        /// <summary>Momentum, in Nesterov's form.</summary>
        public double Momentum { get; init; } = 0.9;

        /// <summary>Largest learning rate of biases, scales and depthwise filters.</summary>
        public double VectorLearningRate { get; init; } = 0.05;
    }
}

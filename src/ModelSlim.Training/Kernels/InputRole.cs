namespace ModelSlim.Training.Kernels;

/// <summary>What a constant input of a node is for.</summary>
public enum InputRole
{
    /// <summary>States how the node works: a shape, a bound, a scale that the network's author chose. Never changes.</summary>
    Setting,

    /// <summary>Learned by gradient descent.</summary>
    Weight,

    /// <summary>Gathered from activations while training, such as a running mean.</summary>
    Statistic,
}

namespace ModelSlim.Training.Kernels;

/// <summary>How a graph is run.</summary>
public enum RunMode
{
    /// <summary>As the app runs it: normalization uses stored statistics.</summary>
    Inference,

    /// <summary>As it is trained: normalization uses the statistics of the batch and gathers them.</summary>
    Training,
}

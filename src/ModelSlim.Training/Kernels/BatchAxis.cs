namespace ModelSlim.Training.Kernels;

/// <summary>Extents of the batch axis, which is axis 0 of the graph's inputs.</summary>
/// <param name="Extent">Samples in this run.</param>
/// <param name="Traced">Samples that the file was exported for and that its constants may state.</param>
public readonly record struct BatchAxis(long Extent, long Traced);

using TorchSharp;

namespace ModelSlim.Training.Modules;

/// <summary>Sees each value of a graph as it is computed. Tensors made during the call are freed when the run ends.</summary>
/// <param name="value">Name of the value.</param>
/// <param name="tensor">The value; read it now, since it is freed or overwritten after the call.</param>
public delegate void ValueCapture(string value, torch.Tensor tensor);

using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;

namespace ModelSlim.Training.Modules;

/// <summary>A constant of a program.</summary>
/// <param name="Value">Its number.</param>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Tensor">What the file holds.</param>
/// <param name="Role">What it is for; a setting where its readers differ.</param>
public sealed record ProgramConstant(int Value, string Name, TensorData Tensor, InputRole Role);

using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Precision;

/// <summary>A tensor that is stored in 16 bits an element.</summary>
/// <param name="Cast">The node that reads it, and makes 32 bits of them.</param>
/// <param name="Type">What is stored: float16 or bfloat16.</param>
public sealed record HalfTensor(Node Cast, ElementType Type);

using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Pipeline;

/// <summary>What a stage made of a model.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Model">The model.</param>
/// <param name="Trace">Shapes of its values.</param>
public sealed record ModelForm(string Stage, OnnxModel Model, ValueTrace Trace);

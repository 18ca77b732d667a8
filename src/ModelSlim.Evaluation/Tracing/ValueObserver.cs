using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tracing;

/// <summary>Reads values inside a model in one unoptimized run on small made inputs.</summary>
/// <param name="sessions">Opens the model.</param>
public sealed class ValueObserver(SessionFactory sessions)
{
    /// <summary>Reads values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="trace">Sizes of its inputs.</param>
    /// <param name="names">Values of nodes.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>
    /// The values by name, without those that are no tensors; none where ModelSlim cannot make inputs; MSLIM4040 or MSLIM4041 where
    /// the model does not run.
    /// </returns>
    public Result<Dictionary<string, TensorData>> Read(
        OnnxModel model, ValueTrace trace, IReadOnlyCollection<string> names, CancellationToken cancellation)
    {
        var found = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        var filling = new InputFilling();
        var inputs = model.Graph.Inputs
            .Select(input => filling.Fill(input.Name, input.Type, trace.Shape(input.Name), IntegerFilling.ZerosAndOnes)).ToArray();
        if (names.Count == 0 || inputs.Any(input => input is null))
        {
            return found;
        }

        var exposed = model.With(model.Graph with { Outputs = [.. names.Select(name => new GraphValue(name, ElementType.Undefined, default))] });
        return sessions.Open(exposed, SessionSettings.AsIs).Then(session =>
        {
            using (session)
            {
                return session.Run(inputs!, cancellation).Then<Dictionary<string, TensorData>>(outputs =>
                {
                    foreach (var (name, tensor) in session.Outputs.Zip(outputs))
                    {
                        if (tensor is not null)
                        {
                            found[name] = tensor;
                        }
                    }

                    return found;
                });
            }
        });
    }
}

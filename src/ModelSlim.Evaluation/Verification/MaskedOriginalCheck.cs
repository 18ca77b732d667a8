using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Verification;

/// <summary>
/// Proves a cut: the slim model must give what the original gives when the weights that read the removed channels are zero. Outputs
/// alone may show nothing of it, as where a sigmoid is saturated or no box is found, and may grow a rounding without bound. So
/// both models are opened at all values at which the cut does something (<see cref="CutSites"/>), both go on from the same numbers
/// there, and what their nodes make of those is compared. A slim model whose every part is right is right as a whole.
/// </summary>
/// <param name="sessions">Opens both models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class MaskedOriginalCheck(SessionFactory sessions, OperatorCatalog catalog)
{
    /// <summary>Largest error that rounding explains, relative to the largest element: 1e-4, or 1e-2 for 16-bit weights.</summary>
    public static double Tolerance(Graph graph) =>
        new GraphIndex(graph).Constants.Values.Any(tensor => tensor.Type is ElementType.Float16 or ElementType.BFloat16) ? 1e-2 : 1e-4;

    /// <summary>
    /// Runs both on the same small random inputs, with the numbers that the original makes of them, and once more with random
    /// numbers at every open value, where the models run on those.
    /// </summary>
    /// <returns>
    /// The largest error of an output or an inner value, relative to its largest element, and the values of which neither run showed
    /// anything; nothing where ModelSlim cannot make inputs; MSLIM4040 or MSLIM4041 where a model does not run. Decisions, such as
    /// the best of nearly equal boxes, are given to both, and what they are made by is compared. Without cuts, outputs are.
    /// </returns>
    public Result<MaskedError> Run(
        OnnxModel original, GraphIndex index, ValueTrace trace, OnnxModel slim, ChannelCuts cuts, CancellationToken cancellation)
    {
        var filling = new InputFilling();
        var inputs = original.Graph.Inputs
            .Select(input => trace.Fed.GetValueOrDefault(input.Name)
                ?? filling.Fill(input.Name, input.Type, trace.Shape(input.Name), IntegerFilling.ZerosAndOnes)).ToArray();
        if (inputs.Any(input => input is null))
        {
            return new MaskedError(null, []);
        }

        var pair = new OpenedPair(
            sessions, () => original.With(new ChannelMask(catalog).Apply(index, trace, cuts)), slim, inputs!,
            new CutSites(index, trace, cuts, catalog), new Decisions(index, trace, catalog), new CutTensors(trace, cuts));
        return pair.OwnNumbers(cancellation).Then<MaskedError>(own =>
        {
            var random = pair.RandomNumbers(own, cancellation);
            return new MaskedError(Math.Max(own.Error, random.Error), [.. random.Unseen]);
        });
    }
}

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
/// Proves a cut: the slim model must give what the original gives when the weights that read the removed channels are zero.
/// </summary>
/// <param name="sessions">Opens both models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class MaskedOriginalCheck(SessionFactory sessions, OperatorCatalog catalog)
{
    /// <summary>Largest error that rounding explains, relative to the largest output: 1e-4, or 1e-2 for 16-bit weights.</summary>
    public static double Tolerance(Graph graph) =>
        new GraphIndex(graph).Constants.Values.Any(tensor => tensor.Type is ElementType.Float16 or ElementType.BFloat16) ? 1e-2 : 1e-4;

    /// <summary>Runs both on the same small random inputs.</summary>
    /// <returns>
    /// Error per output element, relative to the largest output of the masked original; nothing where ModelSlim cannot make
    /// inputs; MSLIM4040 or MSLIM4041 where a model does not run. Where both decide otherwise, as in picking the best of nearly
    /// equal boxes, the error of what comes before and after when they are given the same decisions.
    /// </returns>
    public Result<MaskedError> Run(
        OnnxModel original, GraphIndex index, ValueTrace trace, OnnxModel slim, ChannelCuts cuts, CancellationToken cancellation)
    {
        Graph Masked() => new ChannelMask(catalog).Apply(index, trace, cuts);
        var filling = new InputFilling();
        var inputs = original.Graph.Inputs
            .Select(input => trace.Fed.GetValueOrDefault(input.Name)
                ?? filling.Fill(input.Name, input.Type, trace.Shape(input.Name), IntegerFilling.ZerosAndOnes)).ToArray();
        if (inputs.Any(input => input is null))
        {
            return new MaskedError(null);
        }

        var error = Outputs(() => original.With(Masked()), inputs!, cancellation).Then(expected =>
            Outputs(() => slim, inputs!, cancellation).Then<MaskedError>(actual => new MaskedError(Largest(expected, actual))));
        var decisions = new Decisions(index, trace, catalog);
        return decisions.Made.IsEmpty || (error.Succeeded && error.Value.Relative <= Tolerance(original.Graph))
            ? error
            : Apart(decisions, original.With(Masked()), slim, inputs!, cuts, cancellation) is { Succeeded: true } apart ? apart : error;
    }

    private Result<MaskedError> Apart(
        Decisions decisions, OnnxModel masked, OnnxModel slim, TensorData[] inputs, ChannelCuts cuts, CancellationToken cancellation) =>
        Outputs(() => masked.With(decisions.Telling(masked.Graph)), inputs, cancellation).Then(told =>
        {
            TensorData[] made = [.. told[^decisions.Made.Length..].OfType<TensorData>()];
            if (made.Length < decisions.Made.Length)
            {
                return DiagnosticCodes.ModelRunFailed.Says("a decision of the model is no tensor");
            }

            TensorData[] shorter = [.. decisions.Made.Zip(made, (name, tensor) => decisions.Shorten(name, tensor, cuts))];
            var (whole, cut) = (decisions.Given(masked.Graph, made), decisions.Given(slim.Graph, shorter));
            return Outputs(() => masked.With(whole), [.. inputs, .. made], cancellation).Then(expected =>
                Outputs(() => slim.With(cut), [.. inputs, .. shorter], cancellation).Then<MaskedError>(actual => new MaskedError(Largest(
                    whole.Outputs.Zip(expected, (output, tensor) => tensor is null ? null : decisions.Shorten(output.Name, tensor, cuts)),
                    actual))));
        });

    private static double Largest(IEnumerable<TensorData?> expected, IEnumerable<TensorData?> actual) =>
        expected.Zip(actual, Error).DefaultIfEmpty(0).Max();

    private static double Error(TensorData? expected, TensorData? actual)
    {
        if (expected is not { IsFloatingPoint: true } || actual is null || !expected.Shape.SequenceEqual(actual.Shape))
        {
            return expected is { IsFloatingPoint: false } || expected is null ? 0 : double.PositiveInfinity;
        }

        var (e, a) = (expected.ToSingles(), actual.ToSingles());
        double scale = 1e-12, error = 0;
        for (var i = 0; i < e.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(e[i]));
            var difference = e[i].Equals(a[i]) ? 0 : Math.Abs((double)e[i] - a[i]);
            error = Math.Max(error, double.IsNaN(difference) ? double.PositiveInfinity : difference);
        }

        return error / scale;
    }

    // Masked weights are let go of once ONNX Runtime has them, before it takes more memory to run.
    private Result<TensorData?[]> Outputs(Func<OnnxModel> model, TensorData[] inputs, CancellationToken cancellation)
    {
        LargeArrays.LetGoOfNew();
        return Open(model).Then(session =>
        {
            using (session)
            {
                LargeArrays.LetGoOfNew();
                return session.Run(inputs, cancellation);
            }
        });
    }

    private Result<ModelSession> Open(Func<OnnxModel> model) => sessions.Open(model(), SessionSettings.AsIs);
}

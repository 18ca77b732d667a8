using ModelSlim.Core.Axes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Simplification;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Pipeline;

/// <summary>Writes channel shuffles as Gather where channels stay because of them, and checks that nothing changed.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class ShuffleStage(SessionFactory sessions, OperatorCatalog catalog)
{
    private readonly MaskedOriginalCheck check = new(sessions, catalog);

    /// <summary>Writes them so.</summary>
    /// <param name="model">The model.</param>
    /// <param name="found">What was found in it.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The model with Gathers; null where no channel stays because of a shuffle, or outputs would change.</returns>
    public OnnxModel? Run(OnnxModel model, ModelAnalysis found, CancellationToken cancellation)
    {
        if (!found.Dependencies.HasClashes)
        {
            return null;
        }

        var index = new GraphIndex(model.Graph);
        var graph = new ShuffleGathers(index, found.Trace, catalog).Apply();
        if (ReferenceEquals(graph, model.Graph))
        {
            return null;
        }

        var gathered = model.With(graph);
        return check.Run(model, index, found.Trace, gathered, new ChannelCuts([]), cancellation) is { Succeeded: true, Value: { Unseen.IsEmpty: true } error }
            && error.Relative <= MaskedOriginalCheck.Tolerance(model.Graph)
            ? gathered
            : null;
    }
}

using ModelSlim.Core.Axes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Simplification;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Pipeline;

/// <summary>Takes control flow out of a model that takes the same course on every input, and checks that nothing changed.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="catalog">What is known about operators.</param>
public sealed class SimplifyStage(SessionFactory sessions, OperatorCatalog catalog)
{
    private readonly RecipeTrace tracer = new(new ModelTracer(sessions, catalog));
    private readonly SizeIndependentValues values = new(new ValueObserver(sessions));
    private readonly MaskedOriginalCheck check = new(sessions, catalog);

    // What was inside a branch is looked at in the next round.
    private const int MostRounds = 8;

    /// <summary>Simplifies it.</summary>
    /// <returns>The simpler model; the model itself where nothing is simpler or outputs would change; an error where it does not run.</returns>
    public Result<SimplifiedModel> Run(OnnxModel model, Recipe recipe, CancellationToken cancellation) => !GraphSimplifier.Concerns(model.Graph)
        ? new SimplifiedModel(model, null)
        : tracer.Run(model, recipe, cancellation).Then<SimplifiedModel>(trace =>
        {
            var (simpler, seen) = (model, trace);
            for (var round = 0; round < MostRounds; round++)
            {
                var simplifier = new GraphSimplifier(new GraphIndex(simpler.Graph), seen, catalog);
                var graph = simplifier.Simplify(Observe(simplifier, simpler, seen, cancellation));
                if (ReferenceEquals(graph, simpler.Graph))
                {
                    break;
                }

                var next = simpler.With(graph);
                if (tracer.Run(next, recipe, cancellation).Value is not { } again)
                {
                    break;
                }

                (simpler, seen) = (next, again);
            }

            return ReferenceEquals(simpler, model) || IsSame(model, trace, simpler, cancellation)
                ? new SimplifiedModel(simpler, seen)
                : new SimplifiedModel(model, trace);
        });

    // Where no size can change, the trace has seen all there is to see.
    private IReadOnlyDictionary<string, TensorData> Observe(
        GraphSimplifier simplifier, OnnxModel model, ValueTrace seen, CancellationToken cancellation) =>
        simplifier.IsStatic && simplifier.Deciding.All(seen.Small.ContainsKey)
            ? simplifier.Deciding.ToDictionary(value => value, value => seen.Small[value], StringComparer.Ordinal)
            : values.Read(model, seen, simplifier.Deciding, simplifier.Measured, cancellation);

    private bool IsSame(OnnxModel model, ValueTrace trace, OnnxModel simpler, CancellationToken cancellation) =>
        check.Run(model, new GraphIndex(model.Graph), trace, simpler, new ChannelCuts([]), cancellation) is { Succeeded: true, Value: { Unseen.IsEmpty: true } error }
        && error.Relative <= MaskedOriginalCheck.Tolerance(model.Graph);
}

using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Pruning;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Evaluation.Verification;

/// <summary>A masked original and a slim model, both open where the cut does something.</summary>
/// <param name="sessions">Opens both.</param>
/// <param name="whole">Makes the masked original, each time anew: it is large, and let go of between runs.</param>
/// <param name="slim">The slim model.</param>
/// <param name="inputs">One tensor an input.</param>
/// <param name="sites">Where the cut does something.</param>
/// <param name="decisions">What the original decides.</param>
/// <param name="cut">What is left of its values.</param>
internal sealed class OpenedPair(
    SessionFactory sessions, Func<OnnxModel> whole, OnnxModel slim, TensorData[] inputs, CutSites sites, Decisions decisions, CutTensors cut)
{
    private readonly ImmutableSortedSet<string> open = sites.Touched.Union(sites.Read);
    private readonly ImmutableSortedSet<string> shown = sites.Touched.Union(sites.Read).Union(decisions.By).Union(decisions.Made);

    /// <summary>Runs both with the numbers that the original has at the open values.</summary>
    /// <returns>
    /// The difference, and the values that were empty, 0 everywhere or no numbers: open ones, or outputs where none are open; MSLIM4040
    /// or MSLIM4041 where a model does not run.
    /// </returns>
    public Result<RunDifference> OwnNumbers(CancellationToken cancellation)
    {
        var like = ImmutableDictionary.CreateBuilder<string, OpenValue>();
        var decided = ImmutableDictionary.CreateBuilder<string, TensorData>();
        TensorData Left(string value, TensorData tensor)
        {
            if (open.Contains(value))
            {
                like[value] = OpenValue.Of(tensor);
            }

            if (decisions.Made.Contains(value))
            {
                decided[value] = tensor;
            }

            return cut.Of(value, tensor);
        }

        return Values(whole, [], Left, cancellation).Then(left =>
        {
            var judged = open.IsEmpty ? [.. left.Keys] : open;
            var unseen = judged.Where(value => !left.TryGetValue(value, out var tensor) || !ValueErrors.Tells(tensor)).ToImmutableSortedSet();
            return Values(() => slim, [.. left.Where(value => open.Contains(value.Key) || decided.ContainsKey(value.Key))], Whole, cancellation)
                .Then<RunDifference>(actual => new RunDifference(Largest(left, actual, left), unseen, like.ToImmutable(), decided.ToImmutable()));
        });
    }

    /// <summary>
    /// Runs both with random numbers, never negative where the original has none that are: at all open values, or, where the original
    /// does not run on these, only where removed channels end.
    /// </summary>
    /// <param name="own">What the original has of its own.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>
    /// The difference, and the values that were empty or no numbers, of those of which the own numbers show nothing; no error, and
    /// nothing new seen, where the original runs on no such numbers.
    /// </returns>
    public RunDifference RandomNumbers(RunDifference own, CancellationToken cancellation)
    {
        foreach (var values in new[] { open, sites.Read })
        {
            KeyValuePair<string, TensorData>[] given =
            [
                .. values.Where(own.Values.ContainsKey).Select(value => KeyValuePair.Create(value, Random(value, own.Values[value]))),
                .. own.Decided,
            ];
            if (own.Values.IsEmpty || !(Values(whole, given, cut.Of, cancellation) is { Succeeded: true, Value: var left }))
            {
                continue;
            }

            var givenToSlim = given.ToDictionary(value => value.Key, value => cut.Of(value.Key, value.Value), StringComparer.Ordinal);
            var actual = Values(() => slim, [.. givenToSlim], Whole, cancellation);
            return own with
            {
                Error = actual.Succeeded ? Largest(left, actual.Value, givenToSlim) : double.PositiveInfinity,
                Unseen = [.. own.Unseen.Where(value => !left.TryGetValue(value, out var tensor) || tensor.Length == 0 || !ValueErrors.IsFinite(tensor))],
            };
        }

        return own with { Error = 0 };
    }

    private static TensorData Random(string value, OpenValue like)
    {
        LargeArrays.LetGoOfNew();
        var tensor = new InputFilling().Fill(value, like.Type, like.Shape, IntegerFilling.Zeros)!;
        tensor = like.IsNegative ? tensor : tensor.WithSingles(Array.ConvertAll(tensor.ToSingles(), Math.Abs));
        return new TensorData(tensor.Type, tensor.Shape, AlignedBytes.Copy(tensor.Bytes.Span));
    }

    private double Largest(
        Dictionary<string, TensorData> expected, Dictionary<string, TensorData> actual, Dictionary<string, TensorData> given) => expected
        .Where(value => !decisions.Made.Contains(value.Key))
        .Select(value => ValueErrors.Of(
            value.Value, actual.GetValueOrDefault(value.Key), sites.Sums.GetValueOrDefault(value.Key) is { } summed ? given.GetValueOrDefault(summed) : null))
        .DefaultIfEmpty(0).Max();

    private static TensorData Whole(string value, TensorData tensor) => tensor;

    // Masked weights are let go of once ONNX Runtime has them, before it takes more memory to run.
    private Result<Dictionary<string, TensorData>> Values(
        Func<OnnxModel> make,
        IReadOnlyList<KeyValuePair<string, TensorData>> given,
        Func<string, TensorData, TensorData> left,
        CancellationToken cancellation)
    {
        LargeArrays.LetGoOfNew();
        var names = ImmutableArray<string>.Empty;
        return Open(make, given, ref names).Then(session =>
        {
            using (session)
            {
                LargeArrays.LetGoOfNew();
                var shownAs = session.Outputs.Zip(names).ToDictionary(StringComparer.Ordinal);
                return session.Run(
                    [.. inputs, .. given.Select(value => value.Value)],
                    (output, tensor) =>
                    {
                        LargeArrays.LetGoOfNew();
                        return left(shownAs[output], tensor);
                    },
                    cancellation).Then<Dictionary<string, TensorData>>(outputs =>
                        names.Zip(outputs).Where(output => output.Second is not null)
                            .ToDictionary(output => output.First, output => output.Second!, StringComparer.Ordinal));
            }
        });
    }

    private Result<ModelSession> Open(
        Func<OnnxModel> make, IReadOnlyList<KeyValuePair<string, TensorData>> given, ref ImmutableArray<string> names)
    {
        var model = make();
        var opened = new OpenedGraph(model.Graph, given, shown);
        names = opened.Shown;
        return sessions.Open(model.With(opened.Graph), SessionSettings.AsIs);
    }
}

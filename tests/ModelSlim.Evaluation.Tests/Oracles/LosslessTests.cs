using System.Collections.Immutable;
using CsCheck;
using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Lossless;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// Nets in which channels were made dead, constant or alike on purpose give the same outputs once those are gone; in nets of
/// random weights nothing goes.
/// </summary>
public sealed class LosslessTests
{
    private const int Nets = 100;

    private static readonly Gen<int[]> Tapes = Gen.Int[0, 1 << 20].Array[1, 60];

    public static TheoryData<string> Kinds => [.. SmallNets.Kinds, .. SequenceNets.Kinds, .. AttentionNets.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Spoilt_channels_go_and_outputs_stay(string kind)
    {
        var model = Make(kind);
        var gone = Enum.GetValues<LosslessKind>().SelectMany(spoil => Check(model, spoil, seed: 1)).ToArray();

        Assert.NotEmpty(gone);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_random_weights_nothing_goes(string kind)
    {
        var model = Make(kind);

        Assert.Empty(Run(new TracedModel(model)).Removals);
    }

    [Theory]
    [InlineData("chain", LosslessKind.Dead)]
    [InlineData("chain", LosslessKind.Duplicate)]
    [InlineData("residual", LosslessKind.Dead)]
    [InlineData("residual", LosslessKind.Duplicate)]
    [InlineData("inverted-residual", LosslessKind.Dead)]
    [InlineData("inverted-residual", LosslessKind.Duplicate)]
    [InlineData("vgg", LosslessKind.Dead)]
    [InlineData("vgg", LosslessKind.Duplicate)]
    public void Every_group_loses_what_was_spoilt(string kind, LosslessKind spoil)
    {
        var model = Make(kind);
        var groups = new TracedModel(model).Dependencies.Groups.Where(group => group.Approximate is null);

        Assert.Equal(groups.Select(group => group.Id).Order(), Check(model, spoil, seed: 2).Select(removal => removal.Group).Distinct().Order());
    }

    [Fact]
    public void Random_nets_stay_the_same() => Tapes.Sample(
        tape =>
        {
            foreach (var spoil in Enum.GetValues<LosslessKind>())
            {
                Check(RandomNet.Make(tape), spoil, tape.Length);
            }
        },
        iter: Nets,
        print: tape => RandomNet.Describe(RandomNet.Make(tape).Graph));

    private static OnnxModel Make(string kind) => SmallNets.Kinds.Contains(kind) ? SmallNets.Make(kind)
        : SequenceNets.Kinds.Contains(kind) ? SequenceNets.Make(kind)
        : AttentionNets.Make(kind);

    private static ImmutableArray<LosslessRemoval> Check(OnnxModel model, LosslessKind spoil, long seed)
    {
        var spoilt = new TracedModel(model.With(Spoil(new TracedModel(model), spoil, new SplitMix(seed))));
        var result = Run(spoilt);
        for (var input = 0; input < 2; input++)
        {
            var (expected, actual) = (spoilt.Run(spoilt.Model.Graph, input), spoilt.Run(result.Graph, input));
            Assert.Equal(expected.Length, actual.Length);
            var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / Math.Max(expected.Max(Math.Abs), 1e-12f);
            Assert.True(error <= 1e-5, $"{spoil}: relative error {error} after {string.Join("; ", result.Removals)}");
        }

        return result.Removals;
    }

    private static LosslessResult Run(TracedModel traced)
    {
        var search = new LosslessSearch(traced.Index, traced.Trace, traced.Dependencies, OperatorCatalog.Standard);
        var observed = new ValueObserver(new SessionFactory()).Read(traced.Model, traced.Trace, search.Wanted, TestContext.Current.CancellationToken);
        Assert.True(observed.Succeeded, string.Join('\n', observed.Diagnostics));
        return search.Finish(observed.Value);
    }

    // Of a third of the channels: zero what reads them, zero what makes them, or make them like their neighbour.
    private static Graph Spoil(TracedModel traced, LosslessKind spoil, SplitMix random)
    {
        var read = traced.Index.Graph.Nodes.SelectMany(node => OperatorCatalog.Standard.Find(node) is { } op
            ? op.Contracted(NodeView.Of(node, traced.Index, traced.Trace))
            : []).ToHashSet();
        var weights = new Dictionary<string, TensorData>(StringComparer.Ordinal);
        foreach (var group in traced.Dependencies.Groups)
        {
            foreach (var channel in random.Permutation(group.Channels).Take((group.Channels + 2) / 3).Order())
            {
                var twin = (channel + 1) % group.Channels;
                for (var member = 0; member < group.Members.Length; member++)
                {
                    var axis = group.Members[member];
                    if (traced.Index.Constant(axis.Value) is { IsFloatingPoint: true } tensor
                        && (spoil == LosslessKind.Dead) == read.Contains(axis)
                        && (spoil != LosslessKind.Constant || tensor.Shape.Length > 1))
                    {
                        weights[axis.Value] = Change(
                            weights.GetValueOrDefault(axis.Value, tensor), axis.Axis, group.Places[channel][member],
                            spoil == LosslessKind.Duplicate ? group.Places[twin][member] : default);
                    }
                }
            }
        }

        return traced.Model.Graph.WithConstants(weights);
    }

    private static TensorData Change(TensorData tensor, int axis, ImmutableArray<int> places, ImmutableArray<int> like)
    {
        var order = Enumerable.Range(0, tensor.Shape[axis]).ToArray();
        for (var i = 0; !like.IsDefault && i < Math.Min(places.Length, like.Length); i++)
        {
            order[places[i]] = like[i];
        }

        var changed = tensor.Take(axis, order);
        var values = changed.ToSingles();
        var run = (int)TensorData.Count(tensor.Shape[(axis + 1)..]);
        for (var i = 0; i < values.Length && like.IsDefault; i++)
        {
            values[i] = places.Contains(i / run % tensor.Shape[axis]) ? 0 : values[i];
        }

        return changed.WithSingles(values);
    }
}

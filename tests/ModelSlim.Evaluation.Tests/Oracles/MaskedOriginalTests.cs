using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// The slim model gives what the original gives when the weights that read the removed channels are zero: for every net and
/// many random plans.
/// </summary>
public sealed class MaskedOriginalTests
{
    private const int Plans = 20;

    public static TheoryData<string, bool> Nets
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var kind in SmallNets.Kinds)
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    public static TheoryData<string> Sequences => [.. SequenceNets.Kinds, .. AttentionNets.Kinds];

    [Theory]
    [MemberData(nameof(Nets))]
    public void SlimModelEqualsMaskedOriginal(string kind, bool folded) => Check(SmallNets.Make(kind, folded));

    [Theory]
    [MemberData(nameof(Sequences))]
    public void SlimSequenceModelEqualsMaskedOriginal(string kind) => Check(SequenceNets.Kinds.Contains(kind) ? SequenceNets.Make(kind) : AttentionNets.Make(kind));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void SlimModelEqualsMaskedOriginalHoweverManyRowsItFinds(float bound) => Check(RegionNets.Scattered(bound));

    internal static void Check(OnnxModel model, int plans = Plans, float tolerance = 1e-4f)
    {
        var traced = new TracedModel(model);
        Assert.NotEmpty(traced.Dependencies.Groups);
        var random = new SplitMix(7);
        for (var plan = 0; plan < plans; plan++)
        {
            var cuts = new PlanExpansion().Expand(traced.RandomCuts(random), traced.Dependencies, traced.Trace);
            Assert.True(cuts.Succeeded);
            var slim = new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value);
            var largestCopy = plan % 2 == 0 ? 0 : long.MaxValue;
            var masked = new ChannelMask(OperatorCatalog.Standard, largestCopy).Apply(traced.Index, traced.Trace, cuts.Value);
            var expected = traced.Run(masked, plan);
            var actual = traced.Run(slim, plan);
            Assert.Equal(expected.Length, actual.Length);
            var scale = expected.Max(Math.Abs);
            var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / Math.Max(scale, 1e-12f);
            Assert.True(error <= tolerance, $"plan {plan}: relative error {error}");
        }
    }
}

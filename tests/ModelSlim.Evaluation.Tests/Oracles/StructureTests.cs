using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Pruning;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>
/// Structures that move data about: random plans give what the masked original gives, at the traced sizes and at others.
/// </summary>
public sealed class StructureTests
{
    private const int Plans = 12;

    public static TheoryData<string, bool> Names
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var kind in StructureNets.Kinds)
            {
                data.Add(kind.Name, false);
                if (!kind.Input.SequenceEqual(kind.OtherInput))
                {
                    data.Add(kind.Name, true);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void SlimModelEqualsMaskedOriginal(string name, bool isDynamic)
    {
        var kind = StructureNets.Kinds.Single(kind => kind.Name == name);
        var traced = new TracedModel(StructureNets.Make(kind, isDynamic), ImmutableDictionary<string, ImmutableArray<int>>.Empty.Add("x", kind.Input));
        var channels = traced.Dependencies.Groups.Sum(group => group.Channels);
        Assert.True(isDynamic ? channels == kind.Channels : channels >= kind.Channels, $"{channels} channels");

        var random = new SplitMix(7);
        for (var plan = 0; plan < Plans; plan++)
        {
            var cuts = new PlanExpansion().Expand(traced.RandomCuts(random), traced.Dependencies, traced.Trace);
            Assert.True(cuts.Succeeded);
            var slim = new CutApplier(OperatorCatalog.Standard).Apply(traced.Index, traced.Trace, cuts.Value);
            var masked = new ChannelMask(OperatorCatalog.Standard, plan % 2 == 0 ? 0 : long.MaxValue).Apply(traced.Index, traced.Trace, cuts.Value);
            foreach (var shape in isDynamic ? [kind.Input, kind.OtherInput] : new[] { kind.Input })
            {
                var (expected, actual) = (traced.Run(masked, plan, shape), traced.Run(slim, plan, shape));
                Assert.Equal(expected.Length, actual.Length);
                var scale = Math.Max(expected.Max(Math.Abs), 1e-12f);
                var error = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() / scale;
                Assert.True(error <= 1e-4, $"plan {plan} at [{string.Join(", ", shape)}]: relative error {error}");
            }
        }
    }
}

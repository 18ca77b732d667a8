namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Each structure has the groups it should have, and any cut of them gives the masked original.</summary>
public sealed class ComputeNetTests
{
    public static TheoryData<string> Names => [.. ComputeNets.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_these_groups(string name) => Assert.Equal(
        ComputeNets.All[name].Groups,
        new TracedModel(ComputeNets.All[name].Make()).Dependencies.Groups.Select(group => $"{group.Id}:{group.Channels}"));

    [Theory]
    [MemberData(nameof(Names))]
    public void SlimModelEqualsMaskedOriginal(string name) => MaskedOriginalTests.Check(ComputeNets.All[name].Make());

    [Fact]
    public void Whole_groups_of_a_convolution_can_go()
    {
        var traced = new TracedModel(ComputeNets.All["grouped, fed by an ungrouped one"].Make());
        var whole = traced.Dependencies.Groups.Single(group => group.Members.Any(member => member.ToString() == "weights_2.w[0]")
            && group.Members.Any(member => member.ToString() == "weights_1.w[0]") && group.Members.All(member => member.ToString() != "weights_2.w[1]"));

        Assert.Equal([4, 5, 6, 7], whole.Places[1][whole.Members.IndexOf(new("weights_1.w", 0))]);
        Assert.Equal([3, 4, 5], whole.Places[1][whole.Members.IndexOf(new("weights_2.w", 0))]);
    }

    [Fact]
    public void What_is_quantized_says_so()
    {
        var refusals = new TracedModel(ComputeNets.All["quantized in the middle"].Make()).Dependencies.Refusals;

        Assert.Contains(refusals, refusal => refusal.Reason.StartsWith("it is quantized", StringComparison.Ordinal)
            && refusal.Members.Any(member => member.ToString() == "quantized[0]"));
        Assert.Contains(refusals, refusal => refusal.Reason.StartsWith("it is quantized", StringComparison.Ordinal)
            && refusal.Members.Any(member => member.ToString() == "weights_2.w[0]"));
    }

    [Theory]
    [InlineData("group normalization", 1, "GroupNormalization computes mean and variance over all channels")]
    [InlineData("group normalization", 0, null)]
    [InlineData("layer normalization, decomposed", 0, "ReduceMean reduces over it")]
    [InlineData("convolutional block attention", 0, "ReduceMean reduces over it")]
    [InlineData("convolutional block attention", 1, null)]
    public void A_cut_that_changes_statistics_is_approximate(string name, int group, string? reason) =>
        Assert.Equal(reason, new TracedModel(ComputeNets.All[name].Make()).Dependencies.Groups[group].Approximate);
}

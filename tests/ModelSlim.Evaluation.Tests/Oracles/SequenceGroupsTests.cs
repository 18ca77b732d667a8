using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Which channels of recurrent nets and transformers can be removed one by one.</summary>
public sealed class SequenceGroupsTests
{
    [Theory]
    [InlineData("lstm-stack", "8 10")]
    [InlineData("gru-both-ways", "8")]
    [InlineData("rnn-states", "8")]
    [InlineData("encoder", "12 3 4 5 20 3 4 5 20")]
    [InlineData("encoder-of-fused-norms", "12 3 4 5 20 3 4 5 20")]
    [InlineData("attention-23", "12 3 4 5 20 3 4 5 20")]
    [InlineData("attention-that-projects", "12 3 4 4 20 3 4 4 20")]
    [InlineData("multi-head-attention", "12 3 4 5 20 3 4 5 20")]
    [InlineData("packed-split", "12 3 4 5 20 3 4 5 20")]
    [InlineData("packed-slices", "12 3 4 5 20 3 4 5 20")]
    [InlineData("packed-in-five-axes", "12 3 4 20 3 4 20")]
    [InlineData("shared-keys", "12 2 2 4 5 20 2 2 4 5 20")]
    [InlineData("rotations", "12 3 2 5 20 3 2 5 20")]
    [InlineData("windows", "12 3 4 4 20")]
    [InlineData("tied-embedding", "12 3 4 5 20")]
    public void Units_heads_and_widths_are_groups_of_their_own(string kind, string channels)
    {
        var groups = new TracedModel(SequenceNets.Kinds.Contains(kind) ? SequenceNets.Make(kind) : AttentionNets.Make(kind)).Dependencies.Groups;

        Assert.Equal(Sorted(channels.Split(' ').Select(int.Parse)), Sorted(groups.Select(group => group.Channels)));
    }

    private static string Sorted(IEnumerable<int> channels) => string.Join(' ', channels.Order());
}

using ModelSlim.Core.Reports;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class SparsityTextTests
{
    [Theory]
    [InlineData(0, "80.0% of 1.00 k weights are zero.\n")]
    [InlineData(600, "80.0% of 1.00 k weights are zero, 50.0% with what prune.ignore keeps.\n")]
    public void The_share_of_all_weights_is_told_where_some_are_ignored(long ignored, string text) => Assert.Equal(
        text, SparsityText.Found(new SparsityReport(1000, 800, null, [], false) { WithIgnored = ignored > 0 ? new WeightCount(1000 + ignored, 800) : null }));
}

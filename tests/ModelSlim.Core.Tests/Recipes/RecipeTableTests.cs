using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Recipes;

public sealed class RecipeTableTests
{
    [Theory]
    [InlineData("| `target.macs` | fraction or percentage, above 0, at most 1 |  | Largest number of multiply-accumulates, of the original's. |")]
    [InlineData("| `prune.max_ratio` | fraction or percentage, above 0, below 1 | `0.9` | Largest part of any one group's channels that may go. |")]
    [InlineData("| `data.preprocess.std` | number above 0; one or a list of up to 4096 | `1` | Divided by after that; one value, or one a channel. |")]
    [InlineData("| `finetune.optimizer.adamw.lr` | number above 0, at most 100 | `0.0003` | Largest learning rate. |")]
    [InlineData("| `accept.on_fail` | `error`, `warn-and-keep-original` | `error` | What happens when a gate does not hold. |")]
    [InlineData("| `prune.round_to` | `auto`, or whole number, at least 1, at most 1024 | `auto` | Channel counts are kept to multiples of this. `auto` suits the CPU's SIMD width. |")]
    [InlineData("| `data.preprocess.mean` | number; one or a list of up to 4096 | `0` | Subtracted after that; one value, or one a channel. |")]
    [InlineData("| `finetune` | section with at most one of `epochs`, `steps`, `budget` |  | Training after the cut; none where it is left out. |")]
    [InlineData("| `finetune.optimizer` | section with one of `sgd`, `adamw`, `muon` |  | The optimizer and its settings. |")]
    [InlineData("| `finetune.augment` | section |  | Training pictures differ each time they are seen; off where it is left out. |")]
    public void Has_a_row_a_key(string row) => Assert.Contains(row, new RecipeTable().Write().Split('\n'));

    [Theory]
    [InlineData("target.sparsity", "a pattern N:M with N below M and M at most 64")]
    [InlineData("target.sparsity", "a percentage in blocks of 2 to 64 outputs")]
    [InlineData("target", "section with at least one of `macs`, `params`, `size`, `latency`, `sparsity`")]
    [InlineData("method", "one or a list of up to 3")]
    [InlineData("prune.ignore", "glob; one or a list |")]
    [InlineData("data.train", "section with one of `idx`, `images`, `npy`, `csv`, `npz`, `tensors`")]
    [InlineData("data.train.idx", "file; one or a list of up to 2")]
    [InlineData("finetune.budget", "at least 1s, below 100000s, 10000m or 1000h")]
    public void Tells_the_limits_that_are_held_to(string key, string limit) =>
        Assert.Contains(limit, Assert.Single(new RecipeTable().Write().Split('\n'), row => row.StartsWith($"| `{key}` |", StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void No_row_breaks_the_table() =>
        Assert.All(new RecipeTable().Write().TrimEnd('\n').Split('\n'), row => Assert.Equal(5, row.Count(letter => letter == '|')));

    [Fact]
    public void The_README_has_this_very_table() =>
        ReadmeSection.MustBe(RecipeTable.Start, RecipeTable.End, new RecipeTable().Write());
}

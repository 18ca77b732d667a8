using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Metrics;

namespace ModelSlim.Evaluation.Tests.Metrics;

public sealed class AcceptGatesTests
{
    private static readonly SourceSpan Target = new("prune.yaml", 2, 1);

    [Theory]
    [InlineData(0.01, "accuracy drops by 1.50 points, more than the 1 point of accept.max_drop; ask for less or fine-tune longer")]
    [InlineData(0.005, "accuracy drops by 1.50 points, more than the 0.5 points of accept.max_drop; ask for less or fine-tune longer")]
    [InlineData(0, "accuracy drops by 1.50 points, more than the 0 points of accept.max_drop; ask for less or fine-tune longer")]
    public void A_drop_has_its_unit(double most, string message) =>
        Assert.Equal(message, Assert.Single(new AcceptGates().Missed(Of(new AcceptSpec { MaxDrop = most }), 0.015, null)).Message);

    [Theory]
    [InlineData(0.01, 1.2)]
    [InlineData(-0.01, 1.3)]
    public void Gates_that_hold_say_nothing(double drop, double speedup) =>
        Assert.Empty(new AcceptGates().Missed(Of(new AcceptSpec { MaxDrop = 0.01, MinSpeedup = 1.2 }), drop, speedup));

    [Fact]
    public void A_slower_model_is_refused_with_what_was_measured()
    {
        var missed = Assert.Single(new AcceptGates().Missed(Of(new AcceptSpec()), null, 0.8, 2));

        Assert.Equal("MSLIM7014", missed.Code);
        Assert.StartsWith("the slim model takes 2.000 ms where the original takes 1.600 ms", missed.Message, StringComparison.Ordinal);
        Assert.Contains("accept.min_speedup: 0.8 ", missed.Message, StringComparison.Ordinal);
        Assert.Equal(Target, missed.Location);
    }

    [Theory]
    [InlineData("fewer MACs", Method.Slimming, Method.Dynamic)]
    [InlineData("a lower target.latency", Method.Unstructured, Method.Dynamic)]
    [InlineData("put channels before", Method.SemiStructured)]
    public void What_is_advised_is_what_the_methods_take(string said, params Method[] methods)
    {
        var recipe = Of(new AcceptSpec { MinSpeedup = 1.2 }) with { Method = methods[0], Then = [.. methods[1..]] };

        Assert.Contains(said, Assert.Single(new AcceptGates().Missed(recipe, null, 1.1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, 2.0)]
    [InlineData(0.5, 0.01)]
    [InlineData(1.5, 2.0)]
    public void What_chance_may_do_is_not_refused(double speedup, double milliseconds) =>
        Assert.Empty(new AcceptGates().Missed(Of(new AcceptSpec()), null, speedup, milliseconds));

    [Fact]
    public void Who_says_so_gets_a_slower_model() =>
        Assert.Empty(new AcceptGates().Missed(Of(new AcceptSpec { MinSpeedup = 0.8 }), null, 0.8, 2));

    [Fact]
    public void What_was_not_measured_does_not_pass() => Assert.Equal(
        ["MSLIM7010", "MSLIM7011"],
        new AcceptGates().Missed(Of(new AcceptSpec { MaxDrop = 0.01, MinSpeedup = 1.2 }), null, null).Select(gate => gate.Code));

    private static Recipe Of(AcceptSpec accept) => new() { Target = new TargetSpec { Location = Target }, Accept = accept };
}

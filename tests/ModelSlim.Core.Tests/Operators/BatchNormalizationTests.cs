using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class BatchNormalizationTests
{
    [Fact]
    public void Every_vector_follows_the_channels() => Assert.Equal(
        ["x0[0]=y0[0]", "x0[1]=y0[1]", "x0[2]=y0[2]", "x0[1]=x1[0]", "x0[1]=x2[0]", "x0[1]=x3[0]", "x0[1]=x4[0]"],
        Nodes.Relations<BatchNormalization>(Nodes.View("BatchNormalization", [[2, 4, 3], [4], [4], [4], [4]], [2, 4, 3])));

    [Fact]
    public void Vectors_that_have_places_too_follow_them() => Assert.Equal(
        ["x0[1]=x1[0]", "x0[2]=x1[1]"],
        Nodes.Relations<BatchNormalization>(
            Nodes.View("BatchNormalization", [[2, 4, 3], [4, 3], [4, 3], [4, 3], [4, 3]], [2, 4, 3], ("spatial", Nodes.Int(0))))[3..5]);

    [Fact]
    public void An_input_of_one_axis_has_no_channels() => Assert.Equal(
        ["x0[0]=y0[0]"], Nodes.Relations<BatchNormalization>(Nodes.View("BatchNormalization", [[4], [1], [1], [1], [1]], [4])));

    [Fact]
    public void The_training_form_says_nothing()
    {
        int[]?[] inputs = [[2, 4, 3], [4], [4], [4], [4]];

        Assert.Empty(Nodes.Relations<BatchNormalization>(
            Nodes.View("BatchNormalization", inputs, [2, 4, 3], ("training_mode", Nodes.Int(1)))));
        Assert.Empty(Nodes.Relations<BatchNormalization>(Nodes.View("BatchNormalization", inputs, [[2, 4, 3], null, [4]])));
        Assert.NotEmpty(Nodes.Relations<BatchNormalization>(Nodes.View("BatchNormalization", inputs, [[2, 4, 3], null])));
    }

    [Theory]
    [InlineData(6, 0, false)]
    [InlineData(6, 1, true)]
    [InlineData(7, 0, true)]
    public void Opset_6_trains_unless_it_tests(int opset, int test, bool infers) => Assert.Equal(
        infers,
        Nodes.Relations<BatchNormalization>(Nodes.View(
            opset, "BatchNormalization", [[2, 4], [4], [4], [4], [4]], [[2, 4]], _ => null, ("is_test", Nodes.Int(test)))).Length > 0);

    [Fact]
    public void Mean_and_variance_are_statistics() =>
        Assert.Equal([false, false, false, true, true], Enumerable.Range(0, 5).Select(new BatchNormalization().IsStatistic));
}

using ModelSlim.Core.Operators;

namespace ModelSlim.Core.Tests.Operators;

public sealed class SpectrumTests
{
    [Theory]
    [InlineData(17, "x0[0]=y0[0] x0[2]=y0[2]")]
    [InlineData(20, "x0[0]=y0[0] x0[1]=y0[1]")]
    public void The_transformed_axis_and_the_parts_of_numbers_stay(int opset, string relations) => Assert.Equal(
        relations.Split(' '),
        Nodes.Relations<Spectrum>(Nodes.View(opset, "DFT", [[2, 4, 8, 1]], [[2, 4, 8, 2]], _ => null)));

    [Fact]
    public void An_axis_that_is_computed_says_nothing() =>
        Assert.Empty(Nodes.Relations<Spectrum>(Nodes.View(20, "DFT", [[2, 4, 8, 1], null, []], [[2, 4, 8, 2]], _ => null)));

    [Fact]
    public void Only_samples_get_through_frames() => Assert.Equal(
        ["x0[0]=y0[0]"], Nodes.Relations<Spectrum>(Nodes.View("STFT", [[2, 16, 1], [], [8]], [2, 3, 5, 2])));
}

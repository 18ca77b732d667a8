using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Nets of the depth and structure that people deploy, on small pictures.</summary>
public sealed class LargeNetTests
{
    private const int Size = 32;

    [Theory]
    [InlineData("densenet121", 120)]
    [InlineData("efficientnet-b0", 40)]
    [InlineData("resnet50", 37)]
    [InlineData("shufflenet", 14)]
    public void Slim_model_equals_masked_original(string kind, int groups)
    {
        var model = LargeNets.Make(kind, Size);

        Assert.Equal(groups, new TracedModel(model).Dependencies.Groups.Length);
        MaskedOriginalTests.Check(model, plans: 1);
    }

    [Fact]
    public void Movements_of_a_channel_shuffle_take_room_for_their_extents_only()
    {
        var trace = new TracedModel(LargeNets.ShuffleNet(Size)).Trace;

        Assert.NotEmpty(trace.Movements);
        Assert.All(trace.Movements.Values, movement => Assert.Single(movement.Sums));
    }
}

using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Verification;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Oracles;

/// <summary>Nets with weights of 16 bits are cut as exactly as those of 32, up to the rounding of their values.</summary>
public sealed class HalfPrecisionTests
{
    private const float Tolerance = 1e-2f;

    public static TheoryData<string, bool> Nets => MaskedOriginalTests.Nets;

    [Theory]
    [MemberData(nameof(Nets))]
    public void Slim_model_equals_masked_original(string kind, bool folded)
    {
        var model = HalfPrecision.Of(SmallNets.Make(kind, folded), ElementType.Float16);

        Assert.Equal(
            new TracedModel(SmallNets.Make(kind, folded)).Dependencies.Groups.Select(group => (group.Id, group.Channels)),
            new TracedModel(model).Dependencies.Groups.Select(group => (group.Id, group.Channels)));
        MaskedOriginalTests.Check(model, plans: 5, Tolerance);
    }

    [Theory]
    [InlineData(ElementType.Float16, 1e-2)]
    [InlineData(ElementType.BFloat16, 1e-2)]
    [InlineData(ElementType.Float, 1e-4)]
    public void The_tolerance_is_that_of_the_weights(ElementType type, double expected) =>
        Assert.Equal(expected, MaskedOriginalCheck.Tolerance(HalfPrecision.Of(SmallNets.Chain(), type).Graph));
}

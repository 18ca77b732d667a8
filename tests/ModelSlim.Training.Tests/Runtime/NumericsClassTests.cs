using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Tests.Runtime;

public sealed class NumericsClassTests
{
    private static readonly HostPlatform Plain = new("linux-x64", "2.36", HasAvx2: true);

    [Theory]
    [InlineData(Numerics.Portable, "cpu-portable-1")]
    [InlineData(Numerics.Floor, "cpu-floor-1")]
    [InlineData(Numerics.Native, "cpu-native-1")]
    public void A_recipe_names_the_class(Numerics asked, string name)
    {
        Assert.Equal(name, NumericsClass.Of(asked).Name);
        Assert.Equal(name, NumericsClass.Of(Plain, asked).Value!.Name);
    }

    [Fact]
    public void A_CPU_without_AVX2_refuses_the_portable_class_and_offers_the_floor()
    {
        var old = Plain with { HasAvx2 = false };
        var refusal = Assert.Single(NumericsClass.Of(old, Numerics.Portable).Diagnostics);
        Assert.Equal(DiagnosticCodes.CpuUnsupported, refusal.Descriptor);
        Assert.Contains("finetune.numerics: floor", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(NumericsClass.CpuFloor, NumericsClass.Of(old, Numerics.Floor).Value);
        Assert.Equal(NumericsClass.CpuNative, NumericsClass.Of(old, Numerics.Native).Value);
    }

    [Theory]
    [InlineData(Numerics.Portable, "cpu-arm64-1")]
    [InlineData(Numerics.Floor, "cpu-arm64-1")]
    [InlineData(Numerics.Native, "cpu-native-1")]
    public void Arm_has_a_class_of_its_own(Numerics asked, string name) =>
        Assert.Equal(name, NumericsClass.Of(new HostPlatform("osx-arm64", null, HasAvx2: false), asked).Value!.Name);

    [Fact]
    public void Only_the_native_class_takes_a_number_of_threads()
    {
        Assert.Equal(1, NumericsClass.Of(Plain, Numerics.Portable, threads: 3).Value!.Threads);
        Assert.Equal(1, NumericsClass.Of(Plain, Numerics.Floor, threads: 3).Value!.Threads);
        Assert.Equal(3, NumericsClass.Of(Plain, Numerics.Native, threads: 3).Value!.Threads);
        Assert.Equal(Environment.ProcessorCount, NumericsClass.Of(Plain, Numerics.Native).Value!.Threads);
    }

    [Fact]
    public void No_two_classes_share_a_name() => Assert.Distinct(NumericsClass.All.Select(numerics => numerics.Name));
}

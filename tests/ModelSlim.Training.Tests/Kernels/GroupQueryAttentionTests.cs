using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Kernels;

public sealed class GroupQueryAttentionTests : IClassFixture<TorchFixture>
{
    private const int Length = 3;

    [Fact]
    public void A_past_that_is_not_empty_is_refused() => Refused(
        Sized(Inputs(16, 8, 8).Stored(Numbers(1, 1, 2, 8)).Stored(Numbers(1, 1, 2, 8)).Lengths(Length - 1), Length), "keys and values of earlier runs");

    [Fact]
    public void A_total_length_beyond_that_of_the_queries_is_refused() =>
        Refused(Sized(Inputs(16, 8, 8).Nothing().Nothing().Lengths(Length + 1), Length + 2), "keys and values of earlier runs");

    // torch would end the process.
    [Theory]
    [InlineData(16, 8, 12, "[1, 3, 12], not [1, 3, 8]")]
    [InlineData(16, 6, 8, "[1, 3, 6], not [1, 3, 8]")]
    [InlineData(15, 8, 8, "2 heads and 1 of keys, and gets [1, 3, 15]")]
    public void Widths_that_do_not_fit_are_refused(int query, int key, int value, string message) =>
        Refused(Sized(Inputs(query, key, value).Nothing().Nothing().Lengths(Length - 1), Length), message);

    [Fact]
    public void Quantized_keys_and_values_are_refused()
    {
        var sample = Sized(Inputs(16, 8, 8).Nothing().Nothing().Lengths(Length - 1), Length);
        sample = sample.Nothing().Nothing().Nothing().Nothing().Nothing().Numbers(1).Numbers(1);

        Assert.Contains("its keys and values are quantized", Assert.Single(Compile(sample).Diagnostics).Message);
    }

    [Fact]
    public void A_window_of_no_keys_is_refused()
    {
        var sample = Sized(Inputs(16, 8, 8).Nothing().Nothing().Lengths(Length - 1), Length).With("local_window_size", 0);

        Assert.Contains("its queries see no keys", Assert.Single(Compile(sample).Diagnostics).Message);
    }

    // Constants are those of the one sample that a file was exported with.
    [Fact]
    public void One_length_goes_for_every_sample()
    {
        var one = Sized(Inputs(16, 8, 8).Nothing().Nothing().Lengths(1), Length);
        var two = Run(one, 2);
        Assert.Equal([2, Length, 16], two.shape);
        Assert.True(two[0].equal(two[1]).all().item<bool>());
        Assert.True(two[0].equal(Run(one, 1)[0]).all().item<bool>());
    }

    private static KernelCase Inputs(int query, int key, int value) => KernelCase.Of("refused", "GroupQueryAttention", 17, "com.microsoft")
        .Fed(1, Length, query).Fed(1, Length, key).Fed(1, Length, value);

    private static KernelCase Sized(KernelCase sample, int total) =>
        sample.Stored(TensorData.Integers(ElementType.Int32, [], [total])).With("num_heads", 2).With("kv_num_heads", 1);

    private static TensorData Numbers(params int[] shape) => TensorData.From([.. shape], new float[TensorData.Count([.. shape])]);

    private static Core.Diagnostics.Result<GraphProgram> Compile(KernelCase sample) => new GraphCompiler(KernelRegistry.Standard).Compile(sample.Graph);

    private static void Refused(KernelCase sample, string message)
    {
        using var scope = NewDisposeScope();
        Assert.Contains(message, Assert.Throws<NodeFailedException>(() => Run(sample, 1)).Message);
    }

    private static Tensor Run(KernelCase sample, int samples)
    {
        using var module = new GraphModule(Compile(sample).Value!, ScalarType.Float32);
        return module.Run(
            [.. sample.Inputs.Select(input => tensor(input.ToSingles(), [.. input.Shape.Select(extent => (long)extent)]).repeat(samples, 1, 1))],
            RunMode.Inference)[0];
    }
}

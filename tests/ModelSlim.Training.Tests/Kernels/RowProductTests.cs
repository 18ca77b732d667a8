using ModelSlim.Core.Data;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Kernels;

public sealed class RowProductTests : IClassFixture<TorchFixture>
{
    public static TheoryData<long[], int, bool> Products() => new()
    {
        { [64, 32], 32, false },
        { [64, 32], 32, true },
        { [128, 784], 300, true },
        { [70, 40], 33, false },
        { [7, 11, 48], 40, true },
        { [2, 3, 16, 33], 129, false },
        { [63, 40], 40, false },
        { [64, 31], 40, true },
        { [5, 8], 3, false },
    };

    /// <summary>Values and both gradients are those of a product in double precision, whichever way they are computed.</summary>
    [Theory]
    [MemberData(nameof(Products))]
    public void It_is_the_product(long[] shape, int outputs, bool stored_by_output)
    {
        using var scope = NewDisposeScope();
        var rows = Numbers("rows", shape);
        var matrix = stored_by_output ? Numbers("matrix", [outputs, shape[^1]]) : Numbers("matrix", [shape[^1], outputs]);
        var weights = Numbers("weights", [.. shape[..^1], outputs]);

        var single = Run(rows, matrix, weights, RowProduct.Of);
        var exact = Run(rows.to(ScalarType.Float64), matrix.to(ScalarType.Float64), weights.to(ScalarType.Float64), (left, right) => left.matmul(right));

        foreach (var (actual, expected) in single.Zip(exact))
        {
            Assert.Equal(expected.shape, actual.shape);
            var error = actual.to(ScalarType.Float64).sub(expected).abs().max().item<double>();
            Assert.True(error <= 2e-6 * expected.abs().max().item<double>(), $"It differs by {error}.");
        }

        Tensor[] Run(Tensor left, Tensor right, Tensor loss, Func<Tensor, Tensor, Tensor> product)
        {
            Tensor[] variables = [left.detach().clone().requires_grad_(), right.detach().clone().requires_grad_()];
            var result = product(variables[0], stored_by_output ? variables[1].t() : variables[1]);
            result.mul(loss).sum().backward();
            return [result, variables[0].grad!, variables[1].grad!];
        }
    }

    private static Tensor Numbers(string stream, long[] shape)
    {
        var random = new SplitMix(3, stream);
        var values = new float[shape.Aggregate(1L, (count, extent) => count * extent)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (2 * random.NextSingle()) - 1;
        }

        return tensor(values, shape);
    }
}

using ModelSlim.Core.Data;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Kernels;

public sealed class KernelTests : IClassFixture<TorchFixture>
{
    public static TheoryData<string> Names => [.. KernelCases.All.Select(sample => sample.Name)];

    public static TheoryData<string> Differentiable =>
        [.. KernelCases.All.Where(sample => sample.HasGradients).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_agrees_with_OnnxRuntime(string name)
    {
        var sample = KernelCases.All.Single(candidate => candidate.Name == name);
        var wanted = OnnxRuntimeOracle.Run(sample);

        using var scope = NewDisposeScope();
        using var module = Module(sample, ScalarType.Float32);
        var outputs = module.Run([.. sample.Inputs.Select(input => ToTensor(input, ScalarType.Float32))], RunMode.Inference);

        foreach (var ((shape, expected), output) in wanted.Zip(outputs))
        {
            Assert.Equal(shape, output.shape);
            var actual = output.to(ScalarType.Float32).contiguous().data<float>().ToArray();
            var scale = expected.Max(Math.Abs);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * scale));
        }
    }

    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_agree_with_finite_differences(string name)
    {
        const double step = 1e-5;
        var sample = KernelCases.All.Single(candidate => candidate.Name == name);
        using var scope = NewDisposeScope();
        using var module = Module(sample, ScalarType.Float64);
        Tensor[] inputs = [.. sample.Inputs.Select(input => ToTensor(input, ScalarType.Float64).requires_grad_())];
        Tensor Loss()
        {
            return Weighted(module.Run(inputs, RunMode.Inference), ScalarType.Float64);
        }

        Loss().backward();

        Tensor[] variables = [.. inputs, .. module.Parameters.Values];
        Assert.NotEmpty(variables);
        foreach (var variable in variables)
        {
            var gradient = variable.grad!.contiguous().data<double>().ToArray();
            using var frozen = no_grad();
            for (var i = 0; i < gradient.Length; i++)
            {
                using var inner = NewDisposeScope();
                var element = Element(variable, i);
                var original = element.item<double>();
                element.fill_(original + step);
                var above = Loss().item<double>();
                element.fill_(original - step);
                var below = Loss().item<double>();
                element.fill_(original);
                Assert.Equal((above - below) / (2 * step), gradient[i], 1e-6 * Math.Max(1, Math.Abs(gradient[i])));
            }
        }
    }

    // torch takes other roads in single precision, among them oneDNN's.
    [Theory]
    [MemberData(nameof(Differentiable))]
    public void Gradients_in_single_precision_agree_with_double(string name)
    {
        var sample = KernelCases.All.Single(candidate => candidate.Name == name);
        using var scope = NewDisposeScope();
        var single = Gradients(sample, ScalarType.Float32);
        var exact = Gradients(sample, ScalarType.Float64);
        foreach (var (actual, expected) in single.Zip(exact))
        {
            var error = actual.to(ScalarType.Float64).sub(expected).abs().max().item<double>();
            Assert.True(error <= 1e-5 * Math.Max(1, expected.abs().max().item<double>()), $"Gradients differ by {error}.");
        }
    }

    [Fact]
    public void Every_kernel_has_a_case_for_every_operator_it_names()
    {
        var tested = KernelCases.All.Select(sample => (sample.Node.Domain, sample.Node.OpType)).ToHashSet();
        Assert.Empty(KernelRegistry.Standard.Kernels
            .SelectMany(kernel => kernel.OpTypes.Select(name => (kernel.Domain, name))).Except(tested));
    }

    private static GraphModule Module(KernelCase sample, ScalarType type) =>
        new(new GraphCompiler(KernelRegistry.Standard).Compile(sample.Graph).Value!, type);

    private static Tensor ToTensor(TensorData data, ScalarType type) =>
        tensor(data.ToSingles(), [.. data.Shape.Select(extent => (long)extent)], type).clone();

    private static Tensor[] Gradients(KernelCase sample, ScalarType type)
    {
        using var module = Module(sample, type);
        Tensor[] inputs = [.. sample.Inputs.Select(input => ToTensor(input, type).requires_grad_())];
        Weighted(module.Run(inputs, RunMode.Inference), type).backward();
        return [.. inputs.Concat(module.Parameters.Values).Select(variable => variable.grad!)];
    }

    // A number that depends on every element of every output of real numbers.
    private static Tensor Weighted(IEnumerable<Tensor> outputs, ScalarType type) => outputs
        .Where(output => output.dtype == type)
        .Select(output => output.mul(Weights(output.shape).to(type)).sum())
        .Aggregate((sum, next) => sum + next);

    // A view of one element, counted in row-major order whatever the order in memory.
    private static Tensor Element(Tensor tensor, int position)
    {
        var offset = 0L;
        for (var axis = (int)tensor.dim() - 1; axis >= 0; axis--)
        {
            offset += position % tensor.shape[axis] * tensor.stride(axis);
            position /= (int)tensor.shape[axis];
        }

        return tensor.as_strided([1], [1], offset);
    }

    private static Tensor Weights(long[] shape)
    {
        var random = new SplitMix(11);
        var values = new double[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() + 0.1;
        }

        return tensor(values, shape);
    }
}

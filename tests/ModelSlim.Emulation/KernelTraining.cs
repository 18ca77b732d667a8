using ModelSlim.Core.Data;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Tests.Kernels;
using static TorchSharp.torch;

namespace ModelSlim.Emulation;

/// <summary>
/// Trains a graph of one node: inputs and weights go against their gradients. Outputs and gradients of every step count, not the
/// weights alone, which rounding may hide.
/// </summary>
internal static class KernelTraining
{
    private const int Steps = 3;
    private const float Rate = 0.01f;

    /// <summary>Trains.</summary>
    public static byte[] Run(KernelCase sample)
    {
        using var scope = NewDisposeScope();
        using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(sample.Graph).Value!);
        Tensor[] inputs = [.. sample.Inputs.Select(ToTensor)];
        Tensor[] variables = [.. inputs, .. module.Parameters.Values];
        var log = new ByteLog();
        for (var step = 0; step < Steps; step++)
        {
            using var stepScope = NewDisposeScope();
            var outputs = module.Run(inputs, RunMode.Training);
            foreach (var output in outputs)
            {
                log.Add(output);
            }

            if (sample.HasGradients)
            {
                Loss(outputs).backward();
                using var still = no_grad();
                foreach (var variable in variables.Where(variable => variable.grad is not null))
                {
                    log.Add(variable.grad!);
                    variable.sub_(variable.grad! * Rate);
                    variable.grad!.zero_();
                }
            }
        }

        foreach (var statistic in module.Statistics.Values)
        {
            log.Add(statistic);
        }

        return log.ToArray();
    }

    private static Tensor ToTensor(TensorData data) =>
        tensor(data.ToSingles(), [.. data.Shape.Select(extent => (long)extent)]).clone().requires_grad_();

    // A number that depends on every element of every output of real numbers.
    private static Tensor Loss(IEnumerable<Tensor> outputs) => outputs
        .Where(output => output.is_floating_point() && output.requires_grad)
        .Select(output => output.mul(Weights(output.shape)).sum())
        .Aggregate((sum, next) => sum + next);

    private static Tensor Weights(long[] shape)
    {
        var random = new SplitMix(11);
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() + 0.1f;
        }

        return tensor(values, shape);
    }
}

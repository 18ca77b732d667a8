using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ModelSlim.Core.Data;
using static TorchSharp.torch;

namespace ModelSlim.Training.Runtime;

/// <summary>
/// Trains a fixed small net for a few steps and hashes its weights: two machines of one numerics class give the same text.
/// The net has what image models have: a strided, a depthwise and a pointwise convolution, batch normalization, a fully
/// connected layer and cross-entropy.
/// </summary>
internal sealed class NumericsProbe
{
    /// <summary>Number of steps that <see cref="PortableChecksum"/> belongs to.</summary>
    public const int Steps = 3;

    /// <summary>What every machine of <see cref="NumericsClass.CpuPortable"/> gives.</summary>
    public const string PortableChecksum = "55e5a401ba69bdca10a1e18dd9b1fe6668ffd84b1551eb74b69982d57cdc82bc";

    /// <summary>What every machine of <see cref="NumericsClass.CpuFloor"/> gives.</summary>
    public const string FloorChecksum = "b6454d52549d5fa5a1d11efe6a0cccb66d375623e1bf94ebf3c814f693957672";

    private const int Batch = 16;
    private const int Channels = 16;
    private const int Classes = 10;
    private const float LearningRate = 0.05f;

    /// <summary>Trains and hashes.</summary>
    /// <param name="steps">Number of steps.</param>
    /// <param name="onStep">Called after each step with the number of steps done.</param>
    /// <param name="cancellation">Checked before each step.</param>
    /// <returns>SHA-256 of all weights, in hexadecimal digits.</returns>
    public string Run(int steps, Action<int> onStep, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        var random = new SplitMix(1, "numerics");
        var images = Uniform(random, Batch, 3, 16, 16);
        var labels = tensor(Enumerable.Range(0, Batch).Select(_ => (long)random.NextInt(Classes)).ToArray());
        Tensor[] weights =
        [
            Uniform(random, Channels, 3, 3, 3),
            ones(Channels),
            zeros(Channels),
            Uniform(random, Channels, 1, 3, 3),
            Uniform(random, 2 * Channels, Channels, 1, 1),
            Uniform(random, Classes, 2 * Channels),
            zeros(Classes),
        ];
        foreach (var weight in weights)
        {
            weight.requires_grad_();
        }

        for (var step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var stepScope = NewDisposeScope();
            var hidden = nn.functional.conv2d(images, weights[0], strides: [2, 2], padding: [1, 1]);
            hidden = nn.functional.batch_norm(hidden, zeros(Channels), ones(Channels), weights[1], weights[2], training: true);
            hidden = nn.functional.conv2d(nn.functional.relu(hidden), weights[3], padding: [1, 1], groups: Channels);
            hidden = nn.functional.relu(nn.functional.conv2d(hidden, weights[4]));
            var logits = nn.functional.linear(hidden.mean([2, 3]), weights[5], weights[6]);
            nn.functional.cross_entropy(logits, labels).backward();
            using var frozen = no_grad();
            foreach (var weight in weights)
            {
                weight.sub_(weight.grad! * LearningRate);
                weight.grad!.zero_();
            }

            onStep(step + 1);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var weight in weights)
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(weight.detach().data<float>().ToArray()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Tensor Uniform(SplitMix random, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (count, extent) => count * extent)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextSingle() - 0.5f) / 2;
        }

        return tensor(values, shape);
    }
}

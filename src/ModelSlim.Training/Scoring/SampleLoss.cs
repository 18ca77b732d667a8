using System.Globalization;
using ModelSlim.Core.Data;
using static TorchSharp.torch;

namespace ModelSlim.Training.Scoring;

/// <summary>
/// A loss for one sample at a time whose gradient says how important things are: the negative log-likelihood of its label, or of an
/// answer drawn from what the model itself expects, so that the mean square of the gradient is the Fisher information (Theis et
/// al. 2018; Kunstner et al. 2019 on why the answer is drawn).
/// </summary>
/// <param name="seed">Draws answers.</param>
/// <param name="independent">True where the first output's numbers are answers to questions of their own.</param>
internal sealed class SampleLoss(long seed, bool independent)
{
    private const double LeastSquare = 1e-12;

    /// <summary>The loss of one sample.</summary>
    /// <param name="outputs">What the model gives for it, each [1, ...], before Softmax or Sigmoid.</param>
    /// <param name="label">Its class; null means to draw one.</param>
    /// <param name="place">Which sample it is.</param>
    /// <returns>A scalar.</returns>
    public Tensor Of(IReadOnlyList<Tensor> outputs, int? label, int place)
    {
        var chance = new SplitMix(seed, string.Create(CultureInfo.InvariantCulture, $"answer/{place}"));
        var classes = outputs[0].dim() == 2 && outputs[0].shape[1] > 1 && (label is not null || !independent);
        var loss = classes ? OfClass(outputs[0], label, chance)
            : independent ? OfAnswers(outputs[0], chance)
            : OfNumbers(outputs[0], chance);
        for (var i = 1; label is null && i < outputs.Count; i++)
        {
            loss += OfNumbers(outputs[i], chance);
        }

        return loss;
    }

    private static Tensor OfClass(Tensor logits, int? label, SplitMix chance)
    {
        var likelihood = nn.functional.log_softmax(logits, 1)[0];
        return -likelihood[label ?? Draw(likelihood.detach().exp().to(ScalarType.Float64).data<double>().ToArray(), chance)];
    }

    private static int Draw(double[] chances, SplitMix chance)
    {
        var left = chance.NextSingle() * chances.Sum();
        var drawn = 0;
        while (drawn < chances.Length - 1 && (left -= chances[drawn]) >= 0)
        {
            drawn++;
        }

        return drawn;
    }

    // Yes or no for each number.
    private static Tensor OfAnswers(Tensor logits, SplitMix chance)
    {
        var said = logits.detach().sigmoid().flatten().to(ScalarType.Float32).data<float>().ToArray();
        var sign = tensor(Array.ConvertAll(said, yes => chance.NextSingle() < yes ? 1f : -1f), logits.shape, logits.dtype);
        return -nn.functional.logsigmoid(logits * sign).sum();
    }

    // Normal noise around each number, as wide as the output's root mean square: of its log-likelihood only the part that is linear in
    // the noise has a gradient. Signs in place of normal numbers have the same mean square.
    private static Tensor OfNumbers(Tensor values, SplitMix chance)
    {
        var width = Math.Sqrt(Math.Max(LeastSquare, values.detach().square().mean().to(ScalarType.Float64).item<double>()));
        var signs = new float[values.numel()];
        for (var i = 0; i < signs.Length; i++)
        {
            signs[i] = (chance.NextBits() & 1) == 0 ? 1 : -1;
        }

        return (values * tensor(signs, values.shape, values.dtype)).sum() / (width * Math.Sqrt(signs.Length));
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Testing;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Modules;
using ModelSlim.Training.Scoring;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.FineTuning;
using ModelSlim.Training.Tests.Runtime;
using ModelSlim.Training.Tests.Sparsity;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Scoring;

public sealed class GradientScorerTests : IClassFixture<TorchFixture>
{
    // The oracle changes what makes a channel by a little, up and down, and looks at the loss.
    [Theory]
    [MemberData(nameof(FineTunerTests.Nets), MemberType = typeof(FineTunerTests))]
    public void A_score_is_what_the_loss_changes_by(string kind, bool folded)
    {
        var net = new FadingNet(SmallNets.Make(kind, folded));
        var samples = new SyntheticSamples(net.SampleShape, 10, 1);
        var scores = Scores(net, samples, labelled: true);
        Assert.Equal(net.Groups.Select(group => group.Group.Id).Order(StringComparer.Ordinal), scores.Keys);

        var scaled = net.Scaled();
        using var still = no_grad();
        foreach (var group in net.Groups)
        {
            double Change(int channel)
            {
                double At(double factor)
                {
                    using var scope = NewDisposeScope();
                    using var module = new GraphModule(new GraphCompiler(KernelRegistry.Standard).Compile(scaled.Graph).Value!, ScalarType.Float64);
                    var factors = new double[group.Group.Channels];
                    Array.Fill(factors, 1);
                    factors[channel] = factor;
                    GroupSlices.Of(scaled, net.Groups, module).Single(slices => slices.Id == group.Group.Id).Outputs.Multiply(module, factors);
                    var batch = samples.Read([0]);
                    var output = module.Run([BatchTensors.Of(batch, samples.Shapes)[0].to(ScalarType.Float64)], RunMode.Inference)[0];
                    return -nn.functional.log_softmax(output, 1)[0, batch.Labels[0]].item<double>();
                }

                return Math.Abs(At(1 + 1e-4) - At(1 - 1e-4)) / 2e-4;
            }

            var scale = scores[group.Group.Id].Max() + 1e-3;
            foreach (var channel in new[] { 0, group.Group.Channels - 1 })
            {
                Assert.Equal(Change(channel) / scale, scores[group.Group.Id][channel] / scale, 0.02);
            }
        }
    }

    [Fact]
    public void Fisher_needs_no_labels_and_gives_the_same_again()
    {
        var net = new FadingNet(SmallNets.Residual(folded: true));
        var samples = new SyntheticSamples(net.SampleShape, 10, 40, labelled: false);

        var (first, second) = (Scores(net, samples, labelled: false), Scores(net, samples, labelled: false));
        var other = Scores(net, samples, labelled: false, seed: 2);

        Assert.All(first, group => Assert.Equal(group.Value, second[group.Key]));
        Assert.Contains(first, group => !group.Value.SequenceEqual(other[group.Key]));
        Assert.All(first, group => Assert.All(group.Value, score => Assert.True(double.IsFinite(score) && score >= 0)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_channel_that_nobody_reads_is_worth_nothing(bool labelled)
    {
        var net = SmallNets.Chain(folded: true);
        var reader = net.Graph.Nodes.Where(node => node.OpType == "Conv").ElementAt(1).Inputs[1];
        var weights = net.Graph.Initializers[reader];
        var values = weights.ToSingles();
        var window = weights.Shape[2] * weights.Shape[3];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] *= i / window % weights.Shape[1] == 2 ? 0 : 1;
        }

        var deaf = new FadingNet(net.With(net.Graph with { Initializers = net.Graph.Initializers.SetItem(reader, weights.WithSingles(values)) }));
        var scores = Scores(deaf, new SyntheticSamples(deaf.SampleShape, 10, 8), labelled);

        var group = deaf.Groups.First(fading => fading.Group.Members.Any(axis => axis.Value == reader && axis.Axis == 1)).Group;
        Assert.Equal(0, scores[group.Id][2]);
        Assert.Equal(group.Channels - 1, scores[group.Id].Count(score => score > 0));
    }

    [Fact]
    public void A_label_beyond_the_classes_is_an_error()
    {
        var net = new FadingNet(SmallNets.Chain());
        var result = Run(net, new SyntheticSamples(net.SampleShape, 2000, 8), labelled: true, seed: 1);

        Assert.Equal("MSLIM6103", Assert.Single(result.Diagnostics).Code);
    }

    [Fact]
    public void Answers_are_drawn_as_the_model_expects_them()
    {
        var loss = new SampleLoss(5, independent: false);
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0f, (float)Math.Log(3), (float)Math.Log(6) }, [1, 3]);
        var drawn = Enumerable.Range(0, 4000).Select(place => Math.Exp(-loss.Of([logits], null, place).item<float>())).ToArray();

        foreach (var chance in new[] { 0.1, 0.3, 0.6 })
        {
            Assert.InRange(drawn.Count(value => Math.Abs(value - chance) < 1e-3) / 4000.0, chance - 0.03, chance + 0.03);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Outputs_that_are_no_classes_have_a_loss_too(bool independent)
    {
        var loss = new SampleLoss(5, independent);
        using var scope = NewDisposeScope();
        var outputs = tensor(new[] { 1f, -2f, 0.5f, 3f }, [1, 4]).requires_grad_();
        loss.Of([outputs.reshape(1, 2, 2)], null, 0).backward();
        var gradient = outputs.grad!.data<float>().ToArray();

        if (independent)
        {
            // Of yes or no with chance p the gradient is 1 - p or -p.
            Assert.All(gradient.Zip([1f, -2f, 0.5f, 3f]), pair => Assert.Contains(
                new[] { Sigmoid(pair.Second), Sigmoid(pair.Second) - 1 }, expected => Math.Abs(expected - pair.First) < 1e-5));
        }
        else
        {
            Assert.All(gradient, value => Assert.Equal(Math.Abs(gradient[0]), Math.Abs(value), 1e-6));
            Assert.Equal(1 / 3.5625, gradient.Sum(value => (double)value * value), 1e-5);
        }
    }

    private static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    private static ImmutableSortedDictionary<string, ImmutableArray<double>> Scores(FadingNet net, SampleSet samples, bool labelled, long seed = 1)
    {
        var scored = Run(net, samples, labelled, seed);
        Assert.True(scored.Succeeded, string.Join('\n', scored.Diagnostics));
        return scored.Value;
    }

    private static Result<ImmutableSortedDictionary<string, ImmutableArray<double>>> Run(FadingNet net, SampleSet samples, bool labelled, long seed) =>
        new GradientScorer(new GraphCompiler(KernelRegistry.Standard)).Run(
            net.Model,
            new GradientTask([.. net.Groups.Select(group => group.Group)], labelled, seed),
            samples,
            new Progress<StageProgress>(),
            TestContext.Current.CancellationToken);
}

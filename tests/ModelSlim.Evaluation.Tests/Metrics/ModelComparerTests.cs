using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Calibration;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Metrics;

public sealed class ModelComparerTests
{
    private readonly NoiseSampleSet samples = new(100, [[6]], new PreprocessSpec { Mean = [0.5], Std = [0.5] }, 1);

    [Fact]
    public void A_model_equals_itself()
    {
        var figures = Compare(TwoHeads(), TwoHeads());

        Assert.Equal((1.0, 0.0, 0.0, 100), (figures.Agreement, figures.Mse, figures.MaxError, figures.Samples));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_wrecked_head_shows_wherever_it_is(int head)
    {
        // The heads differ in size by far, so that none may hide behind the other.
        var original = TwoHeads();
        var weight = original.Graph.Nodes.Last(node => node.Outputs[0] == original.Graph.Outputs[head].Name).Inputs[1];
        var tensor = original.Graph.Initializers[weight];
        var wrecked = original.With(original.Graph with
        {
            Initializers = original.Graph.Initializers.SetItem(weight, tensor.WithSingles([.. tensor.ToSingles().Select(v => -v)])),
        });

        var figures = Compare(original, wrecked);

        Assert.True(figures.Mse > 1, $"{figures}");
        Assert.True(figures.Agreement < 0.5, $"{figures}");
        foreach (var metric in new[] { Metric.Mse, Metric.Agreement })
        {
            var accept = new AcceptSpec { Metric = metric, MaxDrop = 0.3 };
            Assert.Equal("MSLIM7010", Assert.Single(new AcceptGates().Missed(new Recipe { Target = new(), Accept = accept }, figures.Drop(metric), null)).Code);
        }
    }

    [Fact]
    public void Other_numbers_of_outputs_are_no_form_of_one_model()
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Gemm(builder.Input("x", 1, 6), 5));

        Assert.Equal("MSLIM7003", Assert.Single(Run(TwoHeads(), builder.Build()).Diagnostics).Code);
    }

    [Fact]
    public void Values_that_are_missing_count_as_zeros_and_do_not_agree()
    {
        var tally = new OutputTally().With([3, 4], [3]).With([], []).With([1], [1]);

        Assert.Equal(2.0 / 3, tally.Agreement, 1e-12);
        Assert.Equal(16.0 / 26, tally.Mse, 1e-12);
    }

    [Theory]
    [InlineData(8, 64)]
    [InlineData(1 << 20, 10)]
    public void Large_samples_are_read_fewer_at_a_time(int width, int most)
    {
        var builder = new ModelBuilder();
        builder.Output(builder.Relu(builder.Input("x", 1, width)));
        var wide = new CountingSamples(100, width);
        using var one = Open(builder.Build(), wide);
        wide.Most = 0;

        var figures = new ModelComparer(2).Compare(one, [one], wide, null, TestContext.Current.CancellationToken);

        Assert.Equal(100, Assert.Single(figures.Value!).Samples);
        Assert.InRange(wide.Most, 2, most);
    }

    private Comparison Compare(OnnxModel original, OnnxModel slim)
    {
        var result = Run(original, slim);
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return Assert.Single(result.Value);
    }

    private Core.Diagnostics.Result<Comparison[]> Run(OnnxModel original, OnnxModel slim)
    {
        using var one = Open(original);
        using var other = Open(slim);
        return new ModelComparer(2).Compare(one, [other], samples, null, TestContext.Current.CancellationToken);
    }

    private BatchedModel Open(OnnxModel model, SampleSet? proof = null) => new BatchedModelOpener(new SessionFactory())
        .Open(model, new TracedModel(model).Trace, proof ?? samples, TestContext.Current.CancellationToken).Value!;

    private static OnnxModel TwoHeads()
    {
        var builder = new ModelBuilder();
        var x = builder.Relu(builder.Gemm(builder.Input("x", 1, 6), 8));
        builder.Output(builder.Gemm(builder.Add(x, builder.Initializer("far", [1, 8], 50, 100)), 5));
        builder.Output(builder.Gemm(x, 7));
        return builder.Build();
    }

    // Notes how many samples are read at once.
    private sealed class CountingSamples(int count, int width) : SampleSet
    {
        public int Most { get; set; }

        public override int Count => count;

        public override ImmutableArray<ImmutableArray<int>> Shapes => [[width]];

        public override bool HasLabels => false;

        public override Batch Read(ReadOnlySpan<int> indices)
        {
            Most = Math.Max(Most, indices.Length);
            var values = new float[indices.Length * width];
            for (var i = 0; i < indices.Length; i++)
            {
                values.AsSpan(i * width, width).Fill(indices[i]);
            }

            return new Batch(indices.Length, [values], []);
        }
    }
}

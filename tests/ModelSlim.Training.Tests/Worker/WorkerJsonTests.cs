using System.Text.Json;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Masking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Checkpoints;
using ModelSlim.Training.FineTuning;
using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class WorkerJsonTests
{
    public static TheoryData<FineTuneSpec> Specs() =>
    [
        new FineTuneSpec
        {
            Epochs = 7,
            Batch = 33,
            Optimizer = new OptimizerSpec.Sgd { LearningRate = 0.1, WeightDecay = 1.0 / 3, Momentum = 0.7, Nesterov = false },
            Schedule = Schedule.Constant,
            Warmup = 0.125,
            Distill = new DistillSpec { Temperature = 2.5, Weight = 0.3 },
            Seed = long.MinValue,
        },
        new FineTuneSpec
        {
            Optimizer = new OptimizerSpec.AdamW { LearningRate = 1e-4, WeightDecay = 0, Beta1 = 0.8, Beta2 = 0.99, Epsilon = 1e-7 },
            Distill = null,
            Seed = long.MaxValue,
            Steps = 1234,
            Budget = TimeSpan.FromMinutes(1.5),
        },
        new FineTuneSpec
        {
            Optimizer = new OptimizerSpec.Muon { LearningRate = 0.01, WeightDecay = 0.1, Momentum = 0.8, VectorLearningRate = 0.07 },
        },
    ];

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_job_arrives_as_it_was_sent(FineTuneSpec spec)
    {
        var input = new FineTuneJob.Input(
            spec,
            new DataSource(DataKind.Npy, ["/a b/ü.npy", "/c"], 12, new SourceSpan("prune.yaml", 3, 4, 5, 6)) { Labels = "ü 1", Header = false },
            new PreprocessSpec
            {
                Resize = [8, 9],
                Scale = 1 / 255.0,
                Mean = [0.1, 0.2, 0.3],
                Std = [1, 2, 1 / 3.0],
                Layout = ImageLayout.Nhwc,
                Color = ColorOrder.Bgr,
                Inputs = ["ü"],
            },
            [new SampleInput("ü", ElementType.Int64, [3, 8, 9]) { IsWhole = true }],
            ["ü/weight"],
            new MaskGrowth([new MaskableWeight("ü/weight", 1, 0), new MaskableWeight("w", null)], 0.4, 0.8, 4, 0.5, Criterion.Lamp, Scope.Global),
            true,
            new CheckpointPlace("/d", TimeSpan.FromSeconds(1.5)));

        var arrived = JsonSerializer.Deserialize<FineTuneJob.Input>(
            JsonSerializer.Serialize(input, WorkerJson.Options), WorkerJson.Options)!;

        Assert.Equal(input.Spec, arrived.Spec);
        Assert.True(arrived.StandIn);
        Assert.Equal(input.Masked, arrived.Masked);
        Assert.Equal(input.Growth!.Weights, arrived.Growth!.Weights);
        Assert.Equal(input.Growth with { Weights = arrived.Growth.Weights }, arrived.Growth);
        Assert.Equal(input.Train.Paths, arrived.Train.Paths);
        Assert.Equal(input.Train with { Paths = arrived.Train.Paths }, arrived.Train);
        Assert.Equal(input.Preprocess.Mean, arrived.Preprocess.Mean);
        Assert.Equal(input.Preprocess.Std, arrived.Preprocess.Std);
        Assert.Equal(input.Preprocess.Resize!.Value, arrived.Preprocess.Resize!.Value);
        Assert.Equal(
            input.Preprocess with { Mean = arrived.Preprocess.Mean, Std = arrived.Preprocess.Std, Resize = arrived.Preprocess.Resize, Inputs = arrived.Preprocess.Inputs },
            arrived.Preprocess);
        Assert.Equal(input.Checkpoints, arrived.Checkpoints);
        Assert.Equal(input.Preprocess.Inputs!.Value, arrived.Preprocess.Inputs!.Value);
        var (sent, received) = (input.Inputs.Single(), arrived.Inputs.Single());
        Assert.Equal(sent.Shape, received.Shape);
        Assert.Equal(sent with { Shape = received.Shape }, received);
    }

    [Fact]
    public void A_line_that_is_no_message_is_passed_over()
    {
        Assert.Null(WorkerLine.Read("OMP: Warning #96"));
        Assert.Null(WorkerLine.Read("{ not json"));
        using var stream = new MemoryStream();
        var line = new WorkerLine(stream);
        var progress = new WorkerMessage.Progress(new StageProgress("fine-tune", 3, 9, "loss 0.25", TimeSpan.FromSeconds(5)));
        line.Write(progress);
        line.Write(new WorkerMessage.Done(null));
        stream.Position = 0;
        using var reader = new StreamReader(stream);
        Assert.Equal(progress, WorkerLine.Read(reader.ReadLine()!));
        Assert.Equal(new WorkerMessage.Done(null), WorkerLine.Read(reader.ReadLine()!));
    }
}

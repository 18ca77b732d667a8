using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Exits;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Evaluation.Verification;
using ModelSlim.Remotes;
using ModelSlim.Training.Data;
using ModelSlim.Training.Runtime;
using ModelSlim.Training.Worker;

namespace ModelSlim.Pipeline;

/// <summary>Puts the parts together: the only place that knows which class does what.</summary>
/// <param name="writer">Writes models; null means one with the usual limit.</param>
/// <param name="threads">
/// Threads for work that gives the same bytes on any number of them, and of timed models; null means all cores, and one.
/// </param>
public sealed class ModelSlimServices(int? threads = null, OnnxWriter? writer = null)
{
    private readonly OperatorCatalog catalog = OperatorCatalog.Standard;
    private readonly SessionFactory sessions = new();
    private readonly OnnxReader reader = new();
    private readonly OnnxWriter writer = writer ?? new OnnxWriter();
    private readonly TimeProvider time = TimeProvider.System;
    private readonly int threads = threads ?? Environment.ProcessorCount;

    // What else a machine does falls on several threads unevenly, and an app that serves several at a time gives each model one.
    private readonly int timedThreads = threads ?? 1;

    /// <summary>Reads models.</summary>
    public OnnxReader Reader => reader;

    /// <summary>Tells what a model is made of.</summary>
    public ModelInspector Inspector => new(reader, Analysis, Lossless, Zeros);

    /// <summary>Finds out what a first recipe can ask for.</summary>
    public RecipeStarter Starter => new(reader, Analysis, Scoring, Plans);

    /// <summary>Plans without doing.</summary>
    public PlanningRun Planning => new(reader, Analysis, Lossless, new DataStage(new SampleSetReader()), Scoring, Plans, Masking, Precision, Storage, catalog);

    /// <summary>Checks a recipe without doing it.</summary>
    public RecipeCheck Check => new(reader, Analysis, new DataStage(new SampleSetReader()), Planning);

    /// <summary>Measures a slim model against its original.</summary>
    public ModelVerification Verification => new(reader, new DataStage(new SampleSetReader()), Measuring, Analysis, Zeros, catalog);

    /// <summary>Times models.</summary>
    public LatencyRun Latency => new(reader, Tracer, Meter, Analysis, new DataStage(new SampleSetReader()), SampleTimer);

    /// <summary>Does all of it.</summary>
    public SlimPipeline Pipeline => new(
        reader, writer, Key, new ArtifactSource(reader, Maker, Locks, new SlimmedBefore(new DiskFileView())), Locks, new SpeedupRun(reader, Tracer, Analysis, new DataStage(new SampleSetReader()), Measuring), new AcceptGates());

    /// <summary>Tells why the store has a result or not.</summary>
    public StoreQuery Query => new(reader, Key);

    /// <summary>Opens remote caches.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    public static RemoteCaches Remotes(Func<string, string?> variable) => new(variable);

    /// <summary>Makes a slim model again and compares.</summary>
    public RebuildRun Rebuild => new(Pipeline, reader);

    private static ResultLock Locks => new(new LockFileStore());

    private ModelTracer Tracer => new(sessions, catalog);

    private AnalysisStage Analysis => new(sessions, catalog);

    private ZeroCensus Zeros => new(sessions, catalog);

    private LosslessStage Lossless => new(Analysis, new ValueObserver(sessions), new MaskedOriginalCheck(sessions, catalog), catalog);

    private LatencyMeter Meter => new(sessions, time, timedThreads);

    private SampleTimer SampleTimer => new(sessions, time, timedThreads);

    private ScoreStage Scoring => new(sessions, catalog, new ScoreWorker(threads), threads);

    private MaskStage Masking => new(sessions, catalog, threads);

    private PrecisionStage Precision => new(new MaskedOriginalCheck(sessions, catalog));

    private StorageStage Storage => new(sessions, writer, reader);

    private PlanStage Plans => new(catalog, new PlanTimer(Meter, catalog));

    private CutStage Cutting => new(Tracer, new MaskedOriginalCheck(sessions, catalog), catalog);

    private MeasureStage Measuring =>
        new(new BatchedModelOpener(sessions), new ModelComparer(threads), Meter, SampleTimer);

    private ArtifactKey Key
    {
        get
        {
            var files = new FileDigester();
            return new ArtifactKey(new ModelDigester(files), new DataDigester(files), HostPlatform.Detect(), ToolVersions.Current());
        }
    }

    private ProvenCutting ProvenCutting => new(Plans, Cutting);

    private StepRun Steps => new(
        new SparsifyStage(Analysis, Scoring, ProvenCutting, new SparseWorker(threads), catalog),
        Scoring,
        ProvenCutting,
        Cutting,
        new RepairStage(sessions, threads),
        Masking,
        new FineTuneStage(new TrainingWorker(threads)),
        new ExitStage(
            Tracer,
            new ExitSearch(new ExitSampleReader(Tracer, new BatchedModelOpener(sessions), threads), new HeadFitter(threads)),
            SampleTimer,
            new ExitProof(sessions),
            catalog));

    private ArtifactMaker Maker => new(
        Analysis,
        Lossless,
        new DataStage(new SampleSetReader()),
        new SlimSteps(Analysis, Steps),
        Measuring,
        Precision,
        Storage,
        new ExitRateMeter(Tracer, new BatchedModelOpener(sessions), threads),
        writer,
        time);
}

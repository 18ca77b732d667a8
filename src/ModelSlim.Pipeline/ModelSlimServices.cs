using ModelSlim.Core.Onnx;
using ModelSlim.Core.Operators;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tracing;
using ModelSlim.Evaluation.Verification;

namespace ModelSlim.Pipeline;

/// <summary>Puts the parts together: the only place that knows which class does what.</summary>
public sealed class ModelSlimServices
{
    private readonly OperatorCatalog catalog = OperatorCatalog.Standard;
    private readonly SessionFactory sessions = new();
    private readonly OnnxReader reader = new();

    /// <summary>Tells what a model is made of.</summary>
    public ModelInspector Inspector => new(reader, Analysis);

    /// <summary>Plans without doing.</summary>
    public PlanningRun Planning => new(reader, Analysis, new PlanStage(catalog));

    /// <summary>Does all of it.</summary>
    public SlimPipeline Pipeline => new(
        reader, Analysis, new PlanStage(catalog), new CutStage(Tracer, new MaskedOriginalCheck(sessions, catalog), catalog), TimeProvider.System);

    private ModelTracer Tracer => new(sessions, catalog.MovesData);

    private AnalysisStage Analysis => new(Tracer, catalog);
}

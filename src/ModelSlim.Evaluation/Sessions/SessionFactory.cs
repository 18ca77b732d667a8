using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>Opens models in ONNX Runtime, on the CPU. The only place where a model in memory becomes bytes for it.</summary>
public sealed class SessionFactory
{
    /// <summary>Opens a model.</summary>
    /// <returns>The session, or <see cref="DiagnosticCodes.ModelRefused"/> with what ONNX Runtime says.</returns>
    public Result<ModelSession> Open(OnnxModel model, SessionSettings settings)
    {
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = settings.Optimize
                ? GraphOptimizationLevel.ORT_ENABLE_ALL
                : GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = settings.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new ModelSession(new InferenceSession(new OnnxWriter().Write(model), options));
        }
        catch (OnnxRuntimeException refusal)
        {
            return DiagnosticCodes.ModelRefused.Says($"ONNX Runtime does not load the model: {RuntimeMessage.Of(refusal)}");
        }
    }
}

using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Onnx;

namespace ModelSlim.Evaluation.Sessions;

/// <summary>
/// Opens models in ONNX Runtime, on the CPU. The only place where a model in memory becomes bytes for it: one array, or, for a
/// large model, temporary files that ONNX Runtime maps, because it holds an array two times over while it loads it.
/// </summary>
/// <param name="largestArray">Most bytes of stored tensors that are handed over as an array.</param>
public sealed class SessionFactory(long largestArray = 64L << 20)
{
    private const string ModelFile = "model.onnx";

    /// <summary>Loads ONNX Runtime, which the first model that is opened has to wait for otherwise.</summary>
    public static void StartRuntime() => _ = OrtEnv.Instance();

    /// <summary>Opens a model.</summary>
    /// <returns>
    /// The session, or <see cref="DiagnosticCodes.ModelRefused"/> with what ONNX Runtime says, also where there is no room for the
    /// temporary files.
    /// </returns>
    public Result<ModelSession> Open(OnnxModel model, SessionSettings settings)
    {
        var written = new OnnxWriter(largestArray).Prepare(model, ModelFile + OnnxWriter.DataSuffix);
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = !settings.Optimize ? GraphOptimizationLevel.ORT_DISABLE_ALL
                : settings.Portable ? GraphOptimizationLevel.ORT_ENABLE_EXTENDED
                : GraphOptimizationLevel.ORT_ENABLE_ALL,
            IntraOpNumThreads = settings.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (written.HasData && !settings.Timed)
        {
            // Packed weights are a second copy of the weights, and an arena keeps what a run took; both are worth it only for speed.
            options.AddSessionConfigEntry("session.disable_prepacking", "1");
            options.EnableCpuMemArena = false;
            options.EnableMemoryPattern = false;
        }

        try
        {
            return written.HasData ? OpenFiles(written, options) : new ModelSession(new InferenceSession(Bytes(written), options), null);
        }
        catch (OnnxRuntimeException refusal)
        {
            return DiagnosticCodes.ModelRefused.Says($"ONNX Runtime does not load the model: {RuntimeMessage.Of(refusal)}");
        }
        catch (IOException full)
        {
            return DiagnosticCodes.ModelRefused.Says($"The model cannot be written to temporary files for ONNX Runtime: {full.Message}");
        }
    }

    private static byte[] Bytes(WrittenModel written)
    {
        using var stream = new MemoryStream(checked((int)written.Size));
        written.WriteModel(stream);
        return stream.GetBuffer();
    }

    private static ModelSession OpenFiles(WrittenModel written, SessionOptions options)
    {
        var folder = new TemporaryDirectory();
        try
        {
            using (var model = File.Create(folder.Of(ModelFile)))
            {
                written.WriteModel(model);
            }

            using (var data = File.Create(folder.Of(ModelFile + OnnxWriter.DataSuffix)))
            {
                written.WriteData(data);
            }

            return new ModelSession(new InferenceSession(folder.Of(ModelFile), options), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Evaluation.Tracing;

namespace ModelSlim.Pipeline;

/// <summary>Times an original and a slim model on this machine.</summary>
/// <param name="reader">Reads the slim model.</param>
/// <param name="tracer">Finds the sizes of the inputs.</param>
/// <param name="meter">Times.</param>
public sealed class SpeedupRun(OnnxReader reader, ModelTracer tracer, LatencyMeter meter)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Times them in turns.</summary>
    /// <param name="original">Path of the original.</param>
    /// <param name="slim">The slim model.</param>
    /// <param name="inputs">Sizes for symbolic dimensions, by input name.</param>
    /// <param name="cancellation">Ends it.</param>
    public Result<LatencyComparison> Run(
        string original, ModelContent slim, IReadOnlyDictionary<string, ImmutableArray<int>> inputs, CancellationToken cancellation) =>
        reader.Read(original).Then(before => slim.Read(reader).Then(after => tracer.Trace(before, inputs, cancellation)
            .Then(trace => meter.Compare(before, after, trace, Budget, cancellation))));
}

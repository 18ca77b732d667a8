using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Pruning;

/// <summary>Plans as JSON text.</summary>
public sealed class PlanFile
{
    private const long Largest = 64L << 20;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes a plan.</summary>
    public string Write(PruningPlan plan) => JsonSerializer.Serialize(plan, Options) + "\n";

    /// <summary>Reads a plan from its file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The plan, or MSLIM5004.</returns>
    public Result<PruningPlan> Load(string path)
    {
        var place = new SourceSpan(path);
        try
        {
            if (!File.Exists(path))
            {
                return DiagnosticCodes.PlanUnreadable.At(place, "the plan does not exist; make it with modelslim plan -o");
            }

            return new FileInfo(path).Length > Largest
                ? DiagnosticCodes.PlanUnreadable.At(place, $"the file has more than {Largest >> 20} MiB, so it is no plan; make one with modelslim plan")
                : Read(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.PlanUnreadable.At(place, $"the plan cannot be read: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="json">The text.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <returns>The plan, or MSLIM5004.</returns>
    public Result<PruningPlan> Read(string json, string path)
    {
        try
        {
            var plan = JsonSerializer.Deserialize<PruningPlan>(json, Options);
            if (plan is null || plan.Cuts.IsDefault || plan.Cuts.Any(cut => cut is null || cut.Removed.IsDefault))
            {
                return DiagnosticCodes.PlanUnreadable.At(new SourceSpan(path), "the plan is empty; make it anew with modelslim plan");
            }

            if (plan.Cuts.FirstOrDefault(cut => !IsAscending(cut.Removed)) is { } unsorted)
            {
                return DiagnosticCodes.PlanUnreadable.At(
                    new SourceSpan(path), $"the channels that go of {DisplayText.Quote(unsorted.Group)} must be in ascending order, each once; undo the edit, or make the plan anew");
            }

            return plan.Version == PruningPlan.CurrentVersion
                ? plan
                : DiagnosticCodes.PlanUnreadable.At(
                    new SourceSpan(path), $"the plan is in form {plan.Version}, this version reads form {PruningPlan.CurrentVersion}; make it anew");
        }
        catch (JsonException e)
        {
            var place = new SourceSpan(path, (int)(e.LineNumber ?? -1) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
            return DiagnosticCodes.PlanUnreadable.At(place, "the plan is not valid JSON of a plan; make it anew with modelslim plan");
        }
    }

    private static bool IsAscending(ImmutableArray<int> channels) => channels.Zip(channels.Skip(1)).All(pair => pair.First < pair.Second);
}

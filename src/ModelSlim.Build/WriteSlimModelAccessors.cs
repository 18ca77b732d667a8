using System;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>
/// Writes the accessors of embedded models, each only where its text changed. Starts nothing: what goes into a model and what comes
/// out lies in <c>obj</c> since it was slimmed.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class WriteSlimModelAccessors : Task
{
    /// <summary>
    /// The embedded models, with the <c>LogicalName</c> that the compiler is given and the metadata that <see cref="ResolveSlimModels"/> gave them.
    /// </summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>What the project refers to as ONNX Runtime; empty where it does not.</summary>
    public ITaskItem[] OnnxRuntime { get; set; } = [];

    /// <summary>The project's <c>Nullable</c>: <c>enable</c>, <c>annotations</c>, <c>warnings</c>, <c>disable</c> or empty.</summary>
    public string Nullable { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        foreach (var model in Models)
        {
            try
            {
                Write(model);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Error(BuildCodes.FileAccess, model.GetMetadata("Accessor"), "Cannot write the accessor: " + e.Message);
            }
        }

        return !Log.HasLoggedErrors;
    }

    private void Write(ITaskItem model)
    {
        var signature = model.GetMetadata("Signature");
        if (new SignatureFile(signature).Read() is not { } values)
        {
            Error(BuildCodes.NotBuilt, signature, "What goes into the model and what comes out is not known. Rebuild the project.");
            return;
        }

        var name = new AccessorName(model.GetMetadata("ClassNamespace"), model.GetMetadata("ClassName"));
        var text = new AccessorText().Write(
            name,
            model.GetMetadata("TargetPath"),
            model.GetMetadata("LogicalName"),
            values,
            OnnxRuntime.Any(IsGlobal),
            annotates: Nullable.ToLowerInvariant() is "enable" or "annotations" or "warnings");
        var file = model.GetMetadata("Accessor");
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            // With a byte order mark, so that CodePage does not matter.
            File.WriteAllText(file, text, new UTF8Encoding(true));
        }
    }

    /// <summary>A reference that has only other names than <c>global</c> cannot be written in the accessor.</summary>
    private static bool IsGlobal(ITaskItem reference)
    {
        var aliases = reference.GetMetadata("Aliases");
        return aliases.Length == 0 || aliases.Split(',').Any(alias => alias.Trim() == "global");
    }

    private void Error(string code, string file, string message) => new ToolEventLog(Log).Error(code, file, message);
}

using System;
using System.IO;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// Asks what goes into a model that is shipped as it is, and what comes out: starts <c>modelslim describe</c>, which reads no weights.
/// When it fails, <see cref="Signature"/> does not exist.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DescribeOnnxModel : ModelSlimVerb
{
    /// <summary>Where the answer goes.</summary>
    [Required]
    public string Signature { get; set; } = "";

    /// <inheritdoc/>
    private protected override string Place => Model;

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            File.Delete(Signature);
            return base.Execute() && !Cancelled && (Events.Result is null ? Died("ended without a result") : WriteSignature(Signature));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Events.Error(BuildCodes.FileAccess, Signature, "Cannot write here: " + e.Message + " Make the folder writable.");
        }
    }

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands() => CommandLineOf("describe").ToString();
}

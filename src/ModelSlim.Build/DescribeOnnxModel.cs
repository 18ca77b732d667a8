using System;
using System.IO;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>
/// Asks what an embedded model is that is shipped as it is: what goes in, what comes out, and whether all of it is in one file. Starts
/// <c>modelslim describe</c>, which reads no weights. When it fails, <see cref="Signature"/> does not exist.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class DescribeOnnxModel : ModelSlimVerb
{
    /// <summary>Where the answer goes; empty where nobody needs it.</summary>
    public string Signature { get; set; } = "";

    /// <inheritdoc/>
    private protected override string Place => Model;

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            if (Signature.Length > 0)
            {
                File.Delete(Signature);
            }

            return base.Execute() && !Cancelled && Finish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Events.Error(BuildCodes.FileAccess, Signature, "Cannot write here: " + e.Message + " Make the folder writable.");
        }
    }

    private bool Finish()
    {
        if (Events.Result is not { } result)
        {
            return Died("ended without a result");
        }

        return result.Text("externalData") == "true"
            ? Events.Error(BuildCodes.DataNotEmbedded, Model, "This model has data in other files, which cannot be embedded. Deliver it as content.")
            : WriteSignature(Signature);
    }

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands() => CommandLineOf("describe").ToString();
}

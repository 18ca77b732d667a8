using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>Decides which models of a project get an accessor, and what its class is called.</summary>
/// <param name="language"><c>Language</c> of the project.</param>
/// <param name="rootNamespace"><c>RootNamespace</c> of the project.</param>
internal sealed class AccessorChoice(string language, string rootNamespace)
{
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>Decides for one model, and says so in its metadata.</summary>
    /// <param name="model">The item of the project, with <c>Accessor</c> and <c>ClassName</c>.</param>
    /// <param name="resolved">The same model with everything else decided.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public (string Code, string Message)? Choose(ITaskItem model, ITaskItem2 resolved)
    {
        var wish = model.GetMetadata("Accessor").Trim();
        var possible = language == "C#" && resolved.GetMetadata("Delivery") == "embed";
        if (!possible)
        {
            return wish.Equals("true", StringComparison.OrdinalIgnoreCase)
                ? (BuildCodes.AccessorInvalid, "Only an embedded model of a C# project gets an accessor; set Delivery to embed, or Accessor to false.")
                : null;
        }

        switch (wish.ToLowerInvariant())
        {
            case "false":
                return null;
            case "" or "true":
                break;
            default:
                return (BuildCodes.AccessorInvalid, $"Accessor is '{wish}'; write true or false.");
        }

        var asked = model.GetMetadata("ClassName");
        var name = asked.Length > 0
            ? AccessorName.TryOf(rootNamespace, asked)
            : AccessorName.Of(rootNamespace, Path.GetFileNameWithoutExtension(resolved.ItemSpec));
        if (name is null)
        {
            return (BuildCodes.AccessorInvalid, $"ClassName is '{asked}', which C# does not take as the name of this class; write a name such as Digits or My.Models.Digits.");
        }

        if (_taken.TryGetValue(name.FullName, out var other))
        {
            return (BuildCodes.ClassTaken, $"'{other}' has the class {name.FullName} too; set ClassName on one of the items.");
        }

        _taken.Add(name.FullName, resolved.ItemSpec);
        var output = Escaping.Escape(resolved.GetMetadata("OutputModel"));
        resolved.SetMetadata("ClassNamespace", name.Namespace);
        resolved.SetMetadata("ClassName", name.Class);
        resolved.SetMetadata("Accessor", output + ".g.cs");
        resolved.SetMetadata("Signature", output + ".values.jsonl");
        resolved.SetMetadata("Outputs", resolved.GetMetadataValueEscaped("Outputs") + ";" + output + ".values.jsonl");
        return null;
    }
}

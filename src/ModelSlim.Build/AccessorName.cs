using System;
using System.Linq;

namespace ModelSlim.Build;

/// <summary>The class through which code reaches an embedded model.</summary>
internal sealed class AccessorName
{
    /// <summary>What the class has in it; C# lets no class bear the name of one of its members.</summary>
    private static readonly string[] Members = ["CreateSession", "Inputs", "OpenStream", "Outputs", "ResourceName", "Value"];

    /// <summary>A name that was chosen before.</summary>
    public AccessorName(string @namespace, string @class) => (Namespace, Class) = (@namespace, @class);

    /// <summary>Namespace as code writes it; empty for none.</summary>
    public string Namespace { get; }

    /// <summary>Name without namespace, as code writes it.</summary>
    public string Class { get; }

    /// <summary>Name with namespace.</summary>
    public string FullName => Namespace.Length > 0 ? Namespace + "." + Class : Class;

    /// <summary>What the build calls the class of a model itself.</summary>
    /// <param name="rootNamespace">Root namespace of the project.</param>
    /// <param name="fileName">Name of the model's file, without extension.</param>
    public static AccessorName Of(string rootNamespace, string fileName)
    {
        var name = CSharpName.ClassOf(fileName);
        return new AccessorName(CSharpName.NamespaceOf(rootNamespace), Members.Contains(name, StringComparer.Ordinal) ? name + "Model" : name);
    }

    /// <summary>What somebody calls it: a name, which is in the root namespace, or one with its namespace.</summary>
    /// <param name="rootNamespace">Root namespace of the project.</param>
    /// <param name="asked">The name.</param>
    /// <returns>The name; null where C# does not take it.</returns>
    public static AccessorName? TryOf(string rootNamespace, string asked)
    {
        var parts = CSharpName.Normalized(asked.Trim()).Split('.');
        var name = parts[parts.Length - 1];
        if (!parts.All(CSharpName.IsIdentifier) || Members.Contains(name, StringComparer.Ordinal))
        {
            return null;
        }

        return new AccessorName(
            parts.Length == 1 ? CSharpName.NamespaceOf(rootNamespace) : string.Join(".", parts.Take(parts.Length - 1).Select(CSharpName.Escape)),
            CSharpName.Escape(name));
    }
}

using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes.Yaml;

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The value; an empty plain scalar where none is written.</param>
public sealed record YamlEntry(YamlNode.Scalar Key, YamlNode Value)
{
    /// <summary>From the key's first character to the value's last.</summary>
    public SourceSpan Span => Key.Span with { EndLine = Value.Span.EndLine, EndColumn = Value.Span.EndColumn };
}

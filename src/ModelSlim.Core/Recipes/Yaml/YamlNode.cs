using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Recipes.Yaml;

/// <summary>A piece of YAML as the user wrote it.</summary>
/// <param name="Span">Where it is.</param>
public abstract partial record YamlNode(SourceSpan Span)
{
    /// <summary>A single value.</summary>
    /// <param name="Text">Its text, without quotes and escapes.</param>
    /// <param name="IsPlain">True where it is written without quotes, so that <c>1</c> is a number and not a text.</param>
    /// <param name="Span">Where it is.</param>
    public sealed record Scalar(string Text, bool IsPlain, SourceSpan Span) : YamlNode(Span)
    {
        /// <summary>True where nothing is written, or YAML's word for it.</summary>
        public bool IsNull => IsPlain && Text is ("" or "~" or "null" or "Null" or "NULL");

        /// <summary>True for YAML's two truth values, as YAML 1.2 spells them.</summary>
        public bool IsBoolean => IsPlain && Text is ("true" or "True" or "TRUE" or "false" or "False" or "FALSE");

        /// <summary>True for what YAML 1.2 takes for a number: decimal, hexadecimal, octal, infinite or not a number.</summary>
        public bool IsNumber => IsPlain && NumberPattern().IsMatch(Text);

        /// <summary>True for what is none of the others.</summary>
        public bool IsText => !(IsNull || IsBoolean || IsNumber);
    }

    /// <summary>A list.</summary>
    /// <param name="Items">Its items.</param>
    /// <param name="Span">Where it is.</param>
    public sealed record Sequence(ImmutableArray<YamlNode> Items, SourceSpan Span) : YamlNode(Span);

    /// <summary>Keys with values; each key is there once.</summary>
    /// <param name="Entries">The keys in the order they are written.</param>
    /// <param name="Span">Where it is.</param>
    public sealed record Mapping(ImmutableArray<YamlEntry> Entries, SourceSpan Span) : YamlNode(Span);

    [GeneratedRegex(@"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$")]
    private static partial Regex NumberPattern();
}

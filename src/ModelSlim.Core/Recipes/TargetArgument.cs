using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Keys;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes;

/// <summary>Reads targets from a command line, such as <c>macs=50%</c>, by the rules of the recipe.</summary>
/// <param name="option">Name of the option, for messages.</param>
public sealed class TargetArgument(string option)
{
    /// <summary>Reads targets, each <c>name=value</c>.</summary>
    public Result<TargetSpec> Read(IEnumerable<string> arguments)
    {
        var place = new SourceSpan(option);
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var argument in arguments)
        {
            var parts = argument.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || parts[0].Length == 0)
            {
                return DiagnosticCodes.RecipeType.At(place, $"{DisplayText.Quote(argument)} is not a target; write one such as macs=50%");
            }

            if (entries.Any(entry => entry.Key.Text == parts[0]))
            {
                return DiagnosticCodes.RecipeDuplicateKey.At(place, $"{DisplayText.Quote(parts[0])} is given twice");
            }

            entries.Add(new YamlEntry(new YamlNode.Scalar(parts[0], true, place), new YamlNode.Scalar(parts[1], true, place)));
        }

        var errors = new RecipeErrors();
        var reading = new Reading("target", place, string.Empty, new DiskFileView(), errors);
        return TargetKeys.Section.TryRead(new YamlNode.Mapping(entries.ToImmutable(), place), reading, out var target)
            ? target
            : Result<TargetSpec>.Failed(errors.Items);
    }
}

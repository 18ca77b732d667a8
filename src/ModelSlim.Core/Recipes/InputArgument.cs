using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Keys;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes;

/// <summary>Reads sizes of inputs from a command line, such as <c>x=1,3,224,224</c>, by the rules of the recipe.</summary>
/// <param name="option">Name of the option, for messages.</param>
public sealed class InputArgument(string option)
{
    /// <summary>Reads sizes, each <c>name=sizes</c>; a name may hold <c>=</c>.</summary>
    public Result<ImmutableSortedDictionary<string, ImmutableArray<int>>> Read(IEnumerable<string> arguments)
    {
        var place = new SourceSpan(option);
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var argument in arguments)
        {
            var end = argument.LastIndexOf('=');
            if (end <= 0)
            {
                return DiagnosticCodes.RecipeType.At(
                    place, $"{DisplayText.Quote(argument)} does not say the sizes of an input; write them such as x=1,3,224,224");
            }

            var name = argument[..end];
            if (entries.Any(entry => entry.Key.Text == name))
            {
                return DiagnosticCodes.RecipeDuplicateKey.At(place, $"{DisplayText.Quote(name)} is given twice");
            }

            var sizes = argument[(end + 1)..].Split(',', StringSplitOptions.TrimEntries)
                .Select(size => new YamlNode.Scalar(size, true, place));
            entries.Add(new YamlEntry(
                new YamlNode.Scalar(name, true, place), new YamlNode.Sequence([.. sizes], place)));
        }

        var errors = new RecipeErrors();
        var reading = new Reading("inputs", place, string.Empty, new DiskFileView(), errors);
        return RecipeKeys.Inputs.TryRead(new YamlNode.Mapping(entries.ToImmutable(), place), reading, out var inputs)
            ? inputs
            : Result<ImmutableSortedDictionary<string, ImmutableArray<int>>>.Failed(errors.Items);
    }
}

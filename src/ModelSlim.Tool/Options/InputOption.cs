using System.Collections.Immutable;
using System.CommandLine;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Tool.Options;

/// <summary>The option <c>--input</c>: sizes that a model leaves open.</summary>
internal sealed class InputOption
{
    private readonly Option<string[]> option = new("--input")
    {
        Description = "Sizes of an input that the model leaves open, in place of the recipe's: x=1,3,224,224",
        HelpName = "NAME=SIZES",
    };

    /// <summary>Makes the option.</summary>
    public InputOption() => option.Validators.Add(result =>
    {
        foreach (var error in Reader.Read(result.Tokens.Select(token => token.Value)).Diagnostics)
        {
            result.AddError(error.Message);
        }
    });

    private static InputArgument Reader { get; } = new("--input");

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(option);

    /// <summary>What a command line without errors says.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<int>> Read(ParseResult line) =>
        Reader.Read(line.GetValue(option) ?? []).Value!;
}

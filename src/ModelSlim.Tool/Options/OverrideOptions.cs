using System.CommandLine;
using System.CommandLine.Parsing;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Tool.Options;

/// <summary>The options that stand in place of parts of the recipe.</summary>
internal sealed class OverrideOptions
{
    private readonly Option<string[]> target = new("--target")
    {
        Description = "How small the model must become, in place of the recipe's target: macs=50%, params=0.4",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<bool> noFineTune = new("--no-finetune") { Description = "Do not fine-tune" };

    /// <summary>Makes the options.</summary>
    public OverrideOptions() => target.Validators.Add(result =>
    {
        foreach (var error in Reader.Read(result.Tokens.Select(token => token.Value)).Diagnostics)
        {
            result.AddError(error.Message);
        }
    });

    private static TargetArgument Reader { get; } = new("--target");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(target);
        command.Options.Add(noFineTune);
    }

    /// <summary>True where the command line has a target.</summary>
    public bool HasTarget(CommandResult line) => line.GetValue(target) is { Length: > 0 };

    /// <summary>What a command line without errors says.</summary>
    public RecipeOverrides Read(ParseResult line, RunSettings settings) => new()
    {
        Target = line.GetValue(target) is { Length: > 0 } targets ? Reader.Read(targets).Value : null,
        NoFineTune = line.GetValue(noFineTune),
        Seed = settings.Seed,
    };
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace ModelSlim.Tool.Options;

/// <summary>Paths on the command line.</summary>
internal static class PathArgument
{
    /// <summary>An argument that is the path of a file.</summary>
    /// <param name="name">Its name in the help.</param>
    /// <param name="description">What it is.</param>
    public static Argument<string> Of(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(result => Refuse(result, name));
        return argument;
    }

    /// <summary>Refuses an option whose path is empty.</summary>
    public static void RefuseEmpty(OptionResult result) => Refuse(result, result.Option.Name);

    private static void Refuse(SymbolResult result, string name)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) || token.Value.Contains('\0', StringComparison.Ordinal)))
        {
            result.AddError($"{name} must be the path of a file.");
        }
    }
}

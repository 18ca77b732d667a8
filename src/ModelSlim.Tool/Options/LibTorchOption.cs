using System.CommandLine;

namespace ModelSlim.Tool.Options;

/// <summary>The option <c>--libtorch</c> of verbs that may train.</summary>
internal sealed class LibTorchOption
{
    private readonly Option<string?> option = new("--libtorch")
    {
        Description = "Folder of libtorch's native libraries; where it is left out, the NuGet folder",
        HelpName = "DIR",
    };

    /// <summary>Adds the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(option);

    /// <summary>The folder; null where the command line names none.</summary>
    public string? Read(ParseResult line) => line.GetValue(option);
}

using System.CommandLine;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Verbs;

/// <summary>One word of the command line, such as <c>prune</c>: reads its options, calls the engine, shows the result.</summary>
/// <param name="name">The word.</param>
/// <param name="description">What it does, in a sentence.</param>
internal abstract class Verb(string name, string description)
{
    /// <summary>What the parser knows of it.</summary>
    public Command Command { get; } = new(name, description);

    /// <summary>The word that this verb follows, such as <c>cache</c>; null where it stands for itself.</summary>
    public virtual string? Parent => null;

    /// <summary>True where the command line asks for events.</summary>
    public virtual bool WantsEvents(ParseResult line) => false;

    /// <summary>Does it.</summary>
    /// <param name="line">The command line, without errors.</param>
    /// <param name="context">What it works with.</param>
    public abstract Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context);
}

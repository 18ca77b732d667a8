using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>cache path</c>: where the store is.</summary>
internal sealed class CachePathVerb() : CacheVerb("path", "Show the folder of the store")
{
    /// <inheritdoc/>
    protected override Result<VerbOutput> Run(string path, ParseResult line, VerbContext context) =>
        new VerbOutput { Document = () => new JsonObject { ["path"] = path }, Text = path + "\n" };
}

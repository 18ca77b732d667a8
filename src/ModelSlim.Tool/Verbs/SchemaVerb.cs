using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>schema</c>: the JSON schema of prune.yaml.</summary>
internal sealed class SchemaVerb : Verb
{
    private readonly Option<string?> file = new("--output", "-o") { Description = "Write it to a file", HelpName = "FILE" };

    /// <summary>Makes the verb.</summary>
    public SchemaVerb()
        : base("schema", "Write the JSON schema of prune.yaml, by which editors complete and check it") => Command.Options.Add(file);

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var schema = new RecipeSchema().Write();
        if (line.GetValue(file) is not { } path)
        {
            return Task.FromResult<Result<VerbOutput>>(new VerbOutput
            {
                Document = () => JsonNode.Parse(schema)!.AsObject(),
                Text = schema,
            });
        }

        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(schema)));
        return Task.FromResult<Result<VerbOutput>>(new VerbOutput
        {
            Document = () => new JsonObject { ["output"] = path },
            Summary = $"Wrote {path}",
        });
    }
}

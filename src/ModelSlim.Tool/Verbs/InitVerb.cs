using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Recipes;
using ModelSlim.Tool.Init;
using ModelSlim.Tool.Options;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>init MODEL</c>: a commented prune.yaml that fits a model.</summary>
internal sealed class InitVerb : Verb
{
    private const string SchemaName = "prune.schema.json";

    private readonly Argument<string> model = PathArgument.Of("MODEL", "The ONNX file");
    private readonly InputOption inputs = new();
    private readonly Option<string?> output = new("--output", "-o")
    {
        Description = "The recipe to write; where it is left out, prune.yaml beside the model, or name.prune.yaml among several models",
        HelpName = "RECIPE",
    };

    private readonly OutputGuard guard = new();
    private readonly Option<bool> force = new("--force") { Description = "Overwrite a recipe that is there already" };
    private readonly Option<bool> noSchema = new("--no-schema") { Description = $"Write no {SchemaName} for editors" };
    private readonly Option<string?> project = new("--project")
    {
        Description = "Add the package ModelSlim.Build to this project",
        HelpName = "CSPROJ",
    };

    /// <summary>Makes the verb.</summary>
    public InitVerb()
        : base("init", "Write a commented prune.yaml that fits a model")
    {
        Command.Arguments.Add(model);
        inputs.AddTo(Command);
        Command.Options.Add(output);
        Command.Options.Add(force);
        Command.Options.Add(noSchema);
        Command.Options.Add(project);
        output.Validators.Add(PathArgument.RefuseEmpty);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var path = line.GetRequiredValue(model);
        var recipe = line.GetValue(output) ?? RecipeFor(path, context.Host.Files);
        (string, string?)[] written = [("recipe", recipe), ("schema", line.GetValue(noSchema) ? null : SchemaBeside(recipe))];
        if (guard.Refusal(written, [("model", path), ("project", line.GetValue(project))]) is { } refusal)
        {
            return Task.FromResult<Result<VerbOutput>>(refusal);
        }

        if (!line.GetValue(force) && context.Host.Files.Kind(recipe) != PathKind.Missing)
        {
            return Task.FromResult<Result<VerbOutput>>(DiagnosticCodes.FileExists.At(
                new SourceSpan(recipe), "There is a recipe already; --force overwrites it"));
        }

        return Task.Run(() => context.Services.Starter
            .Run(path, new Recipe { Target = new TargetSpec(), Inputs = inputs.Read(line) }, context.Cancellation)
            .Then(start => Reference(line.GetValue(project)).Then<VerbOutput>(edited =>
                Write(recipe, ModelFacts.Of(start), !line.GetValue(noSchema), edited))));
    }

    private static string RecipeFor(string model, IFileView files)
    {
        var folder = Path.GetDirectoryName(model) ?? string.Empty;
        return files.List(folder, ".onnx").Count > 1
            ? Path.Combine(folder, Path.GetFileNameWithoutExtension(model) + ".prune.yaml")
            : Path.Combine(folder, "prune.yaml");
    }

    private static Result<PackageReferenceEdit.Outcome> Reference(string? project) => project is null
        ? PackageReferenceEdit.Nothing
        : new PackageReferenceEdit("ModelSlim.Build", ToolHost.Version).Apply(project);

    private static VerbOutput Write(string recipe, ModelFacts facts, bool withSchema, PackageReferenceEdit.Outcome edited)
    {
        List<string> written = [recipe];
        if (withSchema)
        {
            var schema = SchemaBeside(recipe);
            Save(schema, new RecipeSchema().Write());
            written.Add(schema);
        }

        Save(recipe, new RecipeTemplate().Write(facts, withSchema ? SchemaName : null));
        written.AddRange(edited.Files);
        return new VerbOutput
        {
            Document = () => new JsonObject { ["recipe"] = recipe, ["written"] = new JsonArray([.. written.Select(file => JsonValue.Create(file))]) },
            Summary = $"Wrote {string.Join(", ", written)}"
                + (facts.Macs is null ? "; too little of the model can be removed for any useful target, and modelslim inspect says why" : string.Empty),
        };
    }

    private static string SchemaBeside(string recipe) => Path.Combine(Path.GetDirectoryName(recipe) ?? string.Empty, SchemaName);

    private static void Save(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}

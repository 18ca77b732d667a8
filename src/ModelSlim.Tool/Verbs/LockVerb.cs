using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Files;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Reports;
using ModelSlim.Pipeline;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>lock [PATH...]</c>: writes which result each model must have, making what the store does not have.</summary>
internal sealed class LockVerb : Verb
{
    private const int ShownDigits = 12;

    private readonly Argument<string[]> paths = new("PATH")
    {
        Description = "Models, or folders with models that have recipes; where it is left out, this folder",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly RecipeOption recipe = new();
    private readonly LibTorchOption libTorch = new();
    private readonly RemoteOptions remote = new();
    private readonly ProjectFolder places = new();
    private readonly Option<string?> lockFile = new("--lock-file")
    {
        Description = $"The lock file; where it is left out, {LockFile.Name} in the folder, or in the one of the model's project",
        HelpName = "LOCKFILE",
    };

    /// <summary>Makes the verb.</summary>
    public LockVerb()
        : base("lock", "Write the lock file: which result each model must have")
    {
        Command.Arguments.Add(paths);
        recipe.AddTo(Command);
        libTorch.AddTo(Command);
        remote.AddTo(Command);
        Command.Options.Add(lockFile);
        lockFile.Validators.Add(PathArgument.RefuseEmpty);
    }

    /// <inheritdoc/>
    public override async Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var given = line.GetValue(paths) is { Length: > 0 } named ? named : ["."];
        var models = given.SelectMany(path => Directory.Exists(path) ? places.ModelsBelow(path, context.Host.Files) : [path]).Distinct(StringComparer.Ordinal).ToArray();
        var locator = new RecipeLocator(context.Host.Files);
        var said = given.Where(Directory.Exists).SelectMany(places.RecipesBelow).Distinct(StringComparer.Ordinal).Select(locator.Unused).OfType<Diagnostic>().ToList();
        if (models.Length == 0)
        {
            return Result<VerbOutput>.Failed(
                [.. said, DiagnosticCodes.RecipeMissing.Says($"There is no model with a recipe below '{string.Join("', '", given)}'; name the models")]);
        }

        var path = line.GetValue(lockFile) ?? places.LockFileFor(given[0]);
        var store = new LockFileStore();
        var before = store.Read(path);
        if (!before.Succeeded)
        {
            return Result<VerbOutput>.Failed(before.Diagnostics);
        }

        var locked = new List<Locked>();
        using var shared = remote.Open(line, context);
        using var folder = new TemporaryDirectory();
        foreach (var model in models)
        {
            var outcome = await LockAsync(line, context, shared, model, path, folder.Of("slim.onnx")).ConfigureAwait(false);
            said.AddRange(outcome.Diagnostics);
            if (!outcome.Succeeded)
            {
                return Result<VerbOutput>.Failed(said);
            }

            locked.Add(new Locked(LockFile.NameOf(path, model), outcome.Value.Report));
        }

        var gone = before.Value.Results.Keys.Where(name => !File.Exists(LockFile.ModelOf(path, name))).ToArray();
        var after = store.Update(path, file => new LockFile(file.Results.RemoveRange(gone)), context.Cancellation);
        return after.Succeeded
            ? Result<VerbOutput>.With(Show(path, locked, gone, before.Value, after.Value), said)
            : Result<VerbOutput>.Failed([.. said, .. after.Diagnostics]);
    }

    private async Task<Result<SlimOutcome>> LockAsync(
        ParseResult line, VerbContext context, RemoteCache? shared, string model, string path, string output)
    {
        var resolved = recipe.Load(line, model, context);
        if (!resolved.Succeeded)
        {
            return Result<SlimOutcome>.Failed(resolved.Diagnostics);
        }

        var request = context.Request(model, resolved.Value, output, libTorch.Read(line)) with { LockPath = path, MaxStoreSize = context.ReadStoreLimit(), Remote = shared };
        var outcome = await context.Services.Pipeline.RunAsync(request, context.Progress, context.Cancellation).ConfigureAwait(false);
        return resolved.Then(_ => outcome);
    }

    private static VerbOutput Show(string path, IReadOnlyList<Locked> locked, string[] gone, LockFile before, LockFile after)
    {
        var table = Tables.New("Model", "Key", "Result", "Was");
        foreach (var (name, report) in locked)
        {
            table.AddRow(Tables.Cells(
                name, after.Results[name].Fingerprint.Key[..ShownDigits], report.KeptOriginal ? "the original" : CostTable.Line(report.Before, report.After, null, report.Sparsity), Before(name, before, after)));
        }

        return new VerbOutput
        {
            Document = () => new JsonObject
            {
                ["lockFile"] = path,
                ["models"] = new JsonArray([.. locked.Select(model => Json(model, before, after))]),
                ["removed"] = new JsonArray([.. gone.Select(name => JsonValue.Create(name))]),
            },
            View = [table],
            Summary = $"Wrote {path}: {Quantity.Of(after.Results.Count, "result")}" + (gone.Length > 0 ? $"; removed {string.Join(", ", gone)}, which no longer exist" : string.Empty),
        };
    }

    private static JsonObject Json(Locked model, LockFile before, LockFile after)
    {
        var result = after.Results[model.Name];
        return new JsonObject
        {
            ["model"] = model.Name,
            ["fingerprint"] = result.Fingerprint.Key,
            ["cache"] = model.Report.Cache.ToString().ToLowerInvariant(),
            ["keptOriginal"] = result.KeptOriginal,
            ["files"] = new JsonArray([.. result.Files.Select(file => new JsonObject
            {
                ["name"] = file.Name,
                ["sha256"] = file.Digest.Sha256,
                ["bytes"] = file.Digest.Size,
            })]),
            ["changed"] = new JsonArray([.. Changes(model.Name, before, after).Select(change => JsonValue.Create(change.Name))]),
        };
    }

    private static string Before(string name, LockFile before, LockFile after)
    {
        if (!before.Results.ContainsKey(name))
        {
            return "not locked";
        }

        var changes = Changes(name, before, after);
        return changes.Count > 0 ? $"other {string.Join(", ", changes.Select(change => change.Name))}"
            : after.Results[name].Names(before.Results[name].Files) ? "the same"
            : "other bytes";
    }

    private static IReadOnlyList<FingerprintChange> Changes(string name, LockFile before, LockFile after) =>
        before.Results.TryGetValue(name, out var old) ? after.Results[name].Fingerprint.ChangesSince(old.Fingerprint) : [];

    private sealed record Locked(string Name, SlimReport Report);
}

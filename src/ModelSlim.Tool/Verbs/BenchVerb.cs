using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Evaluation.Metrics;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;
using Spectre.Console;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>bench MODEL [OTHER]</c>: times models in ONNX Runtime, in turns.</summary>
internal sealed class BenchVerb : Verb
{
    private readonly Argument<string> model = PathArgument.Of("MODEL", "An ONNX file");
    private readonly Argument<string?> other = new("OTHER")
    {
        Description = "Another that takes the same inputs",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly RecipeOption recipe = new();

    /// <summary>Makes the verb.</summary>
    public BenchVerb()
        : base("bench", "Time one model, or two side by side, in ONNX Runtime on this machine")
    {
        Command.Arguments.Add(model);
        Command.Arguments.Add(other);
        recipe.AddTo(Command);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var first = line.GetRequiredValue(model);
        string[] paths = line.GetValue(other) is { } second ? [first, second] : [first];
        context.Progress.Report(new StageProgress("time", 0, 0));
        return Task.Run(() => recipe.LoadIfAny(line, first, context)
            .Then(settings => context.Services.Latency.Run(paths, settings, context.Cancellation))
            .Then<VerbOutput>(found => Show(paths, found, context.Settings.Threads ?? 1)));
    }

    // What a link names, and not the link.
    private static long SizeOf(string path)
    {
        using var file = File.OpenHandle(path);
        return RandomAccess.GetLength(file);
    }

    private static VerbOutput Show(string[] paths, LatencyComparison found, int threads)
    {
        var table = Tables.New("Model", found.OnSamples ? "Mean" : "Median", "95th percentile", "File");
        var models = new JsonArray();
        foreach (var (path, place) in paths.Select((path, place) => (path, place)))
        {
            var (milliseconds, latency) = (found.Milliseconds(place), found.Models[place]);
            var bytes = SizeOf(path);
            table.AddRow(Tables.Cells(
                path, Quantity.Milliseconds(milliseconds), Quantity.Milliseconds(latency.P95Ms), Quantity.Bytes(bytes)));
            models.Add(new JsonObject
            {
                ["model"] = path,
                ["latencyMs"] = milliseconds,
                ["p95Ms"] = latency.P95Ms,
                ["bytes"] = bytes,
            });
        }

        var document = new JsonObject { ["runs"] = found.Runs, ["onSamples"] = found.OnSamples, ["models"] = models };
        var text = $"{Quantity.Of(found.Runs, "run")} of each, one sample at a time, in {Quantity.Of(threads, "thread")}, on {(found.OnSamples ? "samples of the recipe" : "made-up inputs")}\n";
        if (paths.Length == 2)
        {
            document["speedup"] = found.Speedup;
            text += $"{paths[1]} is {found.Speedup:0.00} times as fast as {paths[0]}\n";
        }

        return new VerbOutput { Document = () => document, Text = text, View = [table] };
    }
}

using System.CommandLine;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary>
/// <c>describe MODEL</c>: what a build that ships a model as it is has to know to write its accessor. Reads no weights. Hidden,
/// since <c>inspect</c> tells people more.
/// </summary>
internal sealed class DescribeVerb : Verb
{
    private readonly Argument<string> model = PathArgument.Of("MODEL", "The ONNX file");
    private readonly EventOptions events = new();

    /// <summary>Makes the verb.</summary>
    public DescribeVerb()
        : base("describe", "Show the declared inputs and outputs")
    {
        Command.Hidden = true;
        Command.Arguments.Add(model);
        events.AddTo(Command);
    }

    /// <inheritdoc/>
    public override bool WantsEvents(ParseResult line) => events.WantsEvents(line);

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        events.Watch(line, context);
        var path = line.GetRequiredValue(model);
        return Task.FromResult(context.Services.Reader.ReadSignature(path).Then<VerbOutput>(signature =>
        {
            context.Reporter.Describe(signature);
            JsonObject[] values =
            [
                .. signature.Inputs.Select(value => ValueJson.Of("input", value)),
                .. signature.Outputs.Select(value => ValueJson.Of("output", value)),
            ];
            return new VerbOutput
            {
                Document = () => new JsonObject { ["values"] = new JsonArray([.. values]) },
                Text = string.Concat(values.Select(value => value.ToJsonString() + "\n")),
                Event = new JsonObject { ["summary"] = "described", ["externalData"] = signature.HasExternalData },
            };
        }));
    }
}

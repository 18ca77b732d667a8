using System.Collections.Immutable;
using System.CommandLine;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Reports;
using ModelSlim.Tool.Options;
using ModelSlim.Tool.Rendering;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelSlim.Tool.Verbs;

/// <summary><c>inspect MODEL</c>: what a model is made of, what can be removed from it, and what cannot and why.</summary>
internal sealed class InspectVerb : Verb
{
    private readonly Argument<string> model = PathArgument.Of("MODEL", "The ONNX file");
    private readonly RecipeOption recipe = new();

    /// <summary>Makes the verb.</summary>
    public InspectVerb()
        : base("inspect", "Show inputs, outputs, operators, costs, channel groups, and what must stay and why")
    {
        Command.Arguments.Add(model);
        recipe.AddTo(Command);
    }

    /// <inheritdoc/>
    public override Task<Result<VerbOutput>> RunAsync(ParseResult line, VerbContext context)
    {
        var path = line.GetRequiredValue(model);
        return Task.Run(() => recipe.LoadIfAny(line, path, context).Then(settings => context.Services.Inspector.Run(
            path, settings, context.Cancellation)).Then<VerbOutput>(report => new VerbOutput
            {
                Document = () => ReportNode.Of(report),
                Text = Head(report) + SparsityText.Found(report.Sparsity) + (report.Lossless.IsEmpty ? string.Empty : $"{LosslessText.Of(report.Lossless)}\n"),
                View = View(report, context.Settings.Verbosity >= Verbosity.Detailed),
            }));
    }

    private static string Head(InspectionReport report) => $"""
        {DisplayText.OneLine(report.Model)}: {Quantity.Count(report.Macs)} MACs, {Quantity.Count(report.Params)} parameters, {Quantity.Bytes(report.Bytes)}, opset {report.Opset}
        Inputs:  {Values(report.Inputs)}
        Outputs: {Values(report.Outputs)}
        {Removable(report)}

        """;

    private static string Removable(InspectionReport report) => report switch
    {
        { Groups.IsEmpty: true, Params: 0 } => "No channel can be removed: there are no weights outside of subgraphs.",
        { Groups.IsEmpty: true } => "No channel can be removed.",
        _ => $"Channels can be removed from {Quantity.Of(report.Groups.Length, "group")}, {report.Groups.Sum(group => group.Channels)} channels in all.",
    };

    private static string Values(ImmutableArray<ValueShape> values) =>
        string.Join(", ", values.Select(value => $"{DisplayText.OneLine(value.Name)} [{string.Join(", ", value.Shape)}]"));

    private static List<IRenderable> View(InspectionReport report, bool all)
    {
        var operators = Tables.New("Operator", "Nodes");
        foreach (var (name, count) in report.Operators)
        {
            operators.AddRow(Tables.Cells(name, count.ToString()));
        }

        var groups = Tables.New("Group", "Channels", "Gets shorter with it (tensor[axis])");
        foreach (var group in report.Groups)
        {
            var members = all ? group.Members : [.. group.Members.Take(3)];
            var more = group.Members.Length - members.Length;
            groups.AddRow(Tables.Cells(
                group.Id, group.Channels.ToString(), string.Join(", ", members) + (more > 0 ? $" and {more} more" : string.Empty)));
        }

        var parts = new List<IRenderable> { operators };
        if (!report.Groups.IsEmpty)
        {
            parts.Add(groups);
        }

        if (!report.Frozen.IsEmpty)
        {
            parts.Add(FrozenTable.Of(report.Frozen, all));
        }

        return parts;
    }
}

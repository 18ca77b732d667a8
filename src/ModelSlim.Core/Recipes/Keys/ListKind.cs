using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Recipes.Keys;

/// <summary>A list of values of one kind.</summary>
/// <typeparam name="T">Type of an item.</typeparam>
/// <param name="item">Kind of an item.</param>
/// <param name="least">Least number of items.</param>
/// <param name="most">Largest number of items.</param>
internal sealed class ListKind<T>(ValueKind<T> item, int least, int most) : ValueKind<ImmutableArray<T>>
{
    /// <summary>True where a list of one may be written as its item.</summary>
    public bool OrSingle { get; init; }

    private string Count => least == most ? $"{least}" : most == int.MaxValue ? $"{least} or more" : $"{least} to {most}";

    /// <inheritdoc/>
    public override string Words => OrSingle ? $"{item.Words}; one or a list{(most < int.MaxValue ? $" of up to {most}" : string.Empty)}" : $"list of {Count}: {item.Words}";

    /// <inheritdoc/>
    public override JsonObject Schema()
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = item.Schema(), ["minItems"] = least };
        if (most < int.MaxValue)
        {
            list["maxItems"] = most;
        }

        return OrSingle ? new JsonObject { ["anyOf"] = new JsonArray(item.Schema(), list) } : list;
    }

    /// <inheritdoc/>
    public override bool TryRead(YamlNode node, Reading reading, out ImmutableArray<T> value)
    {
        value = [];
        ImmutableArray<YamlNode> nodes;
        switch (node)
        {
            case YamlNode.Sequence sequence:
                nodes = sequence.Items;
                break;
            case YamlNode.Scalar when OrSingle:
                nodes = [node];
                break;
            default:
                return reading.FailType(node, $"a list of {Count}");
        }

        if (nodes.Length < least || nodes.Length > most)
        {
            return reading.Fail(DiagnosticCodes.RecipeRange, node, $"{reading.Subject} has {nodes.Length} {(nodes.Length == 1 ? "item" : "items")}; it must have {Count}");
        }

        var items = ImmutableArray.CreateBuilder<T>(nodes.Length);
        foreach (var each in nodes.TakeWhile(_ => !reading.Errors.IsFull))
        {
            if (item.TryRead(each, reading, out var read))
            {
                items.Add(read);
            }
        }

        if (items.Count < nodes.Length)
        {
            return false;
        }

        value = items.MoveToImmutable();
        return true;
    }

    /// <inheritdoc/>
    public override JsonNode? Write(ImmutableArray<T> value) =>
        OrSingle && value.Length == 1 ? item.Write(value[0]) : new JsonArray([.. value.Select(item.Write)]);
}

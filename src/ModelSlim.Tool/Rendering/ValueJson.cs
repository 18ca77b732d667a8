using System.Text.Json.Nodes;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Tool.Rendering;

/// <summary>An input or output of a model as a flat JSON object.</summary>
internal static class ValueJson
{
    /// <summary>
    /// Name, element type and axes as far as they are declared: <c>rank</c>, and for each axis <c>sizeN</c> where it is fixed or
    /// <c>symbolN</c> where it has a name.
    /// </summary>
    /// <param name="role"><c>input</c> or <c>output</c>.</param>
    /// <param name="value">The value.</param>
    public static JsonObject Of(string role, GraphValue value)
    {
        var json = new JsonObject
        {
            ["role"] = role,
            ["name"] = value.Name,
            ["type"] = value.Type == ElementType.Undefined ? string.Empty : value.Type.ToString().ToLowerInvariant(),
        };
        if (value.Shape.IsDefault)
        {
            return json;
        }

        json["rank"] = value.Shape.Length;
        for (var axis = 0; axis < value.Shape.Length; axis++)
        {
            if (value.Shape[axis].Extent is { } extent)
            {
                json[$"size{axis}"] = extent;
            }
            else if (value.Shape[axis].Symbol is { } symbol)
            {
                json[$"symbol{axis}"] = symbol;
            }
        }

        return json;
    }
}

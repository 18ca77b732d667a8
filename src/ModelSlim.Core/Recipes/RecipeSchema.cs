using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelSlim.Core.Recipes.Keys;

namespace ModelSlim.Core.Recipes;

/// <summary>The JSON schema of prune.yaml, draft-07, by which editors complete and check it.</summary>
public sealed class RecipeSchema
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it, with a line end at its end.</summary>
    public string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "ModelSlim recipe",
            ["description"] = "prune.yaml: how ModelSlim makes an ONNX model smaller.",
        };
        foreach (var (name, value) in RecipeKeys.Root.Schema())
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(Format) + "\n";
    }
}

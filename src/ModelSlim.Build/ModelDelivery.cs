using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace ModelSlim.Build;

/// <summary>Decides how the app gets a model.</summary>
/// <param name="property"><c>ModelSlimDelivery</c>; empty lets the recipe decide.</param>
internal sealed class ModelDelivery(string property)
{
    private readonly RecipeDelivery _recipe = new();

    /// <summary>What decides: the item, the property, the recipe, how the project shipped the file so far, content.</summary>
    /// <param name="model">The item.</param>
    /// <param name="original">The item as which the project shipped the file; null where it did not.</param>
    /// <param name="recipe">Path of the recipe, which may not exist.</param>
    /// <returns>The delivery; and what the recipe must say for it to stay right, empty where the recipe does not count.</returns>
    public (string Delivery, string RecipeDelivery) Of(ITaskItem model, ITaskItem? original, string recipe)
    {
        var asked = new[] { model.GetMetadata("Delivery"), property }.FirstOrDefault(text => text.Length > 0);
        if (asked is not null)
        {
            return (asked.ToLowerInvariant(), "");
        }

        var written = File.Exists(recipe) ? _recipe.Read(File.ReadAllText(recipe)) : "";
        if (written.Length > 0)
        {
            return (written, written);
        }

        var shipped = original?.GetMetadata("OriginalType") switch
        {
            "EmbeddedResource" => "embed",
            "None" when original.GetMetadata("CopyToOutputDirectory") is not ("" or "Never") => "none",
            _ => "content",
        };
        return (shipped, "content");
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Worker;

/// <summary>How host and worker write values as JSON. Both are the same build, so the form needs no version.</summary>
internal static class WorkerJson
{
    /// <summary>The options.</summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameOptimizers } },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void NameOptimizers(JsonTypeInfo type)
    {
        if (type.Type == typeof(OptimizerSpec))
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions
            {
                DerivedTypes =
                {
                    new JsonDerivedType(typeof(OptimizerSpec.Sgd), "sgd"),
                    new JsonDerivedType(typeof(OptimizerSpec.AdamW), "adamw"),
                    new JsonDerivedType(typeof(OptimizerSpec.Muon), "muon"),
                },
            };
        }
    }
}

using ModelSlim.Fuzzing.Targets;

namespace ModelSlim.Fuzzing;

/// <summary>The parsers of files that come from outside.</summary>
public static class FuzzCatalog
{
    private static readonly Dictionary<string, Func<FuzzTarget>> Targets = new(StringComparer.Ordinal)
    {
        ["onnx"] = () => new OnnxTarget(),
        ["recipe"] = () => new RecipeTarget(),
        ["lock"] = () => new LockFileTarget(),
        ["plan"] = () => new PlanTarget(),
        ["record"] = () => new RecordTarget(),
        ["checkpoint"] = () => new CheckpointTarget(),
        ["idx"] = () => new IdxTarget(),
        ["npy"] = () => new NpyTarget(),
        ["npz"] = () => new NpzTarget(),
        ["csv"] = () => new CsvTarget(),
        ["pictures"] = () => new PictureTarget(),
        ["tensor"] = () => new TensorTarget(),
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => Targets.Keys;

    /// <summary>One of them.</summary>
    public static FuzzTarget Make(string name) => Targets[name]();
}

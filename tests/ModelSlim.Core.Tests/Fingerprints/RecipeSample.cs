using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Core.Tests.Fingerprints;

/// <summary>Recipes in which everything is set, and every recipe that differs from one in a single setting.</summary>
internal static class RecipeSample
{
    /// <summary>A recipe without an empty section.</summary>
    public static Recipe Full(OptimizerSpec optimizer, string folder = "/data") => new()
    {
        Target = new TargetSpec { Macs = 0.5, Params = 0.6, Size = new TargetLimit(4e6, false), Latency = new TargetLimit(0.5, true), Sparsity = new SparsityTarget(2, 4), Location = new SourceSpan("prune.yaml", 1, 1) },
        Prune = new PruneSpec { RoundTo = 8, Ignore = [new IgnorePattern("head/*", null)] },
        Inputs = ImmutableSortedDictionary.Create<string, ImmutableArray<int>>(StringComparer.Ordinal).Add("x", [1, 3, 8, 8]),
        Data = new DataSpec
        {
            Calibration = new DataSource(DataKind.Images, [$"{folder}/calibration"], 512, null),
            Train = new DataSource(DataKind.Idx, [$"{folder}/images", $"{folder}/labels"], 60000, null),
            Eval = new DataSource(DataKind.Npy, [$"{folder}/x.npy", $"{folder}/y.npy"], 10000, null),
            Preprocess = new PreprocessSpec { Resize = [8, 8], Scale = 1.0 / 255, Mean = [0.1, 0.2, 0.3], Std = [1, 2, 3] },
        },
        Sparsity = new SparsitySpec { Weight = 0.5 },
        FineTune = new FineTuneSpec { Optimizer = optimizer, Distill = new DistillSpec(), Augment = new AugmentSpec(), Validation = 0.1, Patience = 2, Ema = 0.9 },
        Accept = new AcceptSpec { MaxDrop = 0.01, MinSpeedup = 1.2 },
    };

    /// <summary>
    /// Every property of every record below a recipe, each with a recipe in which only that property has another value.
    /// </summary>
    public static IEnumerable<(string Path, Recipe Changed)> Changes(Recipe recipe) =>
        Variants(recipe).Select(variant => (variant.Path, (Recipe)variant.Value));

    private static IEnumerable<(string Path, object Value)> Variants(object record)
    {
        foreach (var property in Properties(record.GetType()))
        {
            var value = property.GetValue(record);
            foreach (var (path, other) in Others(property.PropertyType, value))
            {
                var copy = record.GetType().GetMethod("<Clone>$")!.Invoke(record, null)!;
                property.SetValue(copy, other);
                yield return ($"{property.Name}{path}", copy);
            }
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.CanWrite && property.Name != "EqualityContract");

    private static IEnumerable<(string Path, object? Value)> Others(Type type, object? value)
    {
        if (value is null)
        {
            yield return ("", Made(Nullable.GetUnderlyingType(type) ?? type));
            yield break;
        }

        if (IsRecord(value.GetType()))
        {
            foreach (var variant in Variants(value))
            {
                yield return ($".{variant.Path}", variant.Value);
            }

            yield break;
        }

        yield return ("", Other(value));
    }

    private static object Other(object value) => value switch
    {
        bool flag => !flag,
        int number => number + 1,
        long number => number + 1,
        double number => number + 0.125,
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        string text => text + "/other",
        SourceSpan place => place with { Line = place.Line + 1 },
        Enum word => Enum.GetValues(word.GetType()).Cast<object>().First(other => !other.Equals(word)),
        ImmutableSortedDictionary<string, ImmutableArray<int>> map => map.Add("other", [1]),
        IList list => Longer(list),
        _ => throw new InvalidOperationException($"{value.GetType()} is new to recipes; say here how to change it."),
    };

    private static object Longer(IList list)
    {
        var type = list.GetType().GetGenericArguments()[0];
        var added = type == typeof(IgnorePattern) ? new IgnorePattern("other", null) : Made(type);
        var items = Array.CreateInstance(type, list.Count + 1);
        list.CopyTo(items, 0);
        items.SetValue(added, list.Count);
        return typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == "Create" && method.GetParameters() is [{ ParameterType.IsArray: true }])
            .MakeGenericMethod(type)
            .Invoke(null, [items])!;
    }

    private static object Made(Type type) => type == typeof(SourceSpan) ? new SourceSpan("elsewhere.yaml", 9, 9)
        : type == typeof(Method) ? Method.Dynamic
        : type == typeof(int) ? 7
        : type == typeof(bool) ? true
        : type == typeof(string) ? "other"
        : type == typeof(ImmutableArray<string>) ? ImmutableArray.Create("other")
        : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(7)
        : type == typeof(double) ? (object)0.75
        : throw new InvalidOperationException($"{type} is new to recipes; say here how to make one.");

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null && type != typeof(SourceSpan);
}

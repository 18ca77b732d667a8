using System.Collections.Immutable;
using System.Globalization;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>The tensor files of a folder, in an order that depends on names alone.</summary>
/// <param name="Inputs">For each input of the model its files, one a set.</param>
/// <param name="Labels">The files of labels, one a set; null where there are none.</param>
internal sealed record TensorFolder(ImmutableArray<ImmutableArray<string>> Inputs, ImmutableArray<string>? Labels)
{
    private const string Extension = ".pb";

    /// <summary>
    /// Lists a folder: a set of files in each sub-folder, those with numbers at the end in the order of the numbers; or, where
    /// there are no sub-folders, one set in the folder itself. An input has the file of its name, or <c>input_N</c> with its place.
    /// </summary>
    /// <param name="source">The folder, and the name of the file of labels.</param>
    /// <param name="inputs">What the model wants.</param>
    public static Result<TensorFolder> List(DataSource source, ModelInputs inputs)
    {
        var path = source.Paths[0];
        if (!Directory.Exists(path))
        {
            var found = File.Exists(path) ? "is a file; name the folder" : "does not exist";
            return DiagnosticCodes.DataMissing.At(source.Location, $"{path} {found}.");
        }

        try
        {
            string[] sets = [.. Directory.EnumerateDirectories(path)
                .Where(folder => !Path.GetFileName(folder).StartsWith('.'))
                .OrderBy(folder => Order(Path.GetFileName(folder)), StringComparer.Ordinal)];
            return Choose(sets.Length > 0 ? sets : [path], source, inputs);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return DiagnosticCodes.DataMalformed.At(source.Location, $"{path} cannot be listed: {failure.Message}");
        }
    }

    private static Result<TensorFolder> Choose(string[] sets, DataSource source, ModelInputs inputs)
    {
        var files = inputs.All.Select(_ => ImmutableArray.CreateBuilder<string>(sets.Length)).ToArray();
        var label = Name(source.Labels ?? "labels");
        var labels = source.Labels is not null || File.Exists(Path.Combine(sets[0], label)) ? ImmutableArray.CreateBuilder<string>(sets.Length) : null;
        foreach (var set in sets)
        {
            for (var i = 0; i < files.Length; i++)
            {
                var (own, numbered) = (Name(inputs.All[i].Input.Name), Name($"input_{i}"));
                var name = Array.Find([own, numbered], candidate => File.Exists(Path.Combine(set, candidate)));
                if (name is null)
                {
                    return DiagnosticCodes.DataPartMissing.At(
                        source.Location, $"{set} has neither {numbered} nor {DisplayText.Quote(own)} for the model's input '{inputs.All[i].Input.Name}'.");
                }

                files[i].Add(Path.Combine(set, name));
            }

            if (labels is not null && !File.Exists(Path.Combine(set, label)))
            {
                return DiagnosticCodes.DataPartMissing.At(source.Location, $"{set} has no {DisplayText.Quote(label)} for labels.");
            }

            labels?.Add(Path.Combine(set, label));
        }

        return new TensorFolder([.. files.Select(list => list.MoveToImmutable())], labels?.MoveToImmutable());
    }

    // Names of inputs may be none of files, such as "a/b:0".
    private static string Name(string part) =>
        string.Concat(part.Select(letter => letter is '/' or '\\' or ':' ? '_' : letter)) is var name && name.EndsWith(Extension, StringComparison.Ordinal)
            ? name
            : name + Extension;

    // "set_10" comes behind "set_9".
    private static (string Stem, int Digits, string Number) Key(string name)
    {
        var stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var number = name[stem.Length..].TrimStart('0');
        return (stem, number.Length, number);
    }

    private static string Order(string name) => Key(name) is var (stem, digits, number)
        ? string.Create(CultureInfo.InvariantCulture, $"{stem}\0{digits:d4}{number}\0{name}")
        : name;
}

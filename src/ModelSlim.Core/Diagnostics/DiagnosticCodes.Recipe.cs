namespace ModelSlim.Core.Diagnostics;

/// <content>1: prune.yaml. 10 text, 11 keys and types, 12 values, 13 advice.</content>
public static partial class DiagnosticCodes
{
    /// <summary>The recipe does not exist or cannot be read.</summary>
    public static readonly DiagnosticDescriptor RecipeMissing = new(
        "MSLIM1001", Severity.Error, ExitCode.Recipe, "Recipe not found", "Write one with modelslim init, or name it with --recipe.");

    /// <summary>The recipe is not YAML.</summary>
    public static readonly DiagnosticDescriptor RecipeSyntax = new(
        "MSLIM1002", Severity.Error, ExitCode.Recipe, "Not valid YAML", "Correct the text at the position given.");

    /// <summary>The recipe uses a part of YAML that recipes do not have.</summary>
    public static readonly DiagnosticDescriptor RecipeFeature = new(
        "MSLIM1003", Severity.Error, ExitCode.Recipe, "YAML feature not allowed", "Write plain mappings, lists and values in one document.");

    /// <summary>The recipe is too large or too deep.</summary>
    public static readonly DiagnosticDescriptor RecipeTooLarge = new(
        "MSLIM1004", Severity.Error, ExitCode.Recipe, "Recipe too large", "Check that the file is a recipe.");

    /// <summary>A key is there twice.</summary>
    public static readonly DiagnosticDescriptor RecipeDuplicateKey = new(
        "MSLIM1005", Severity.Error, ExitCode.Recipe, "Key repeated", "Keep one of the two.");

    /// <summary>The recipe is not UTF-8.</summary>
    public static readonly DiagnosticDescriptor RecipeEncoding = new(
        "MSLIM1006", Severity.Error, ExitCode.Recipe, "Not UTF-8", "Save the file as UTF-8.");

    /// <summary>A file beside a model has a recipe's name but for its ending, and is not read.</summary>
    public static readonly DiagnosticDescriptor RecipeMisnamed = new(
        "MSLIM1007", Severity.Warning, ExitCode.Done, "Recipe's name ends with .yml", "Rename it: prune.yaml, or name.prune.yaml.");

    /// <summary>A recipe lies beside no model that it could be for.</summary>
    public static readonly DiagnosticDescriptor RecipeUnused = new(
        "MSLIM1008", Severity.Warning, ExitCode.Done, "Recipe without a model", "Give model and recipe the same name, or name the recipe in Recipe of a SlimModel item.");

    /// <summary>The recipe of a folder takes a model that is a result itself, since it lies beside its original.</summary>
    public static readonly DiagnosticDescriptor RecipeTakesResult = new(
        "MSLIM1009",
        Severity.Warning,
        ExitCode.Done,
        "Folder's recipe takes a slim model",
        "Write slim models to another folder; give one that is to be slimmed again name.prune.yaml.");

    /// <summary>A value is of the wrong type.</summary>
    public static readonly DiagnosticDescriptor RecipeType = new(
        "MSLIM1101", Severity.Error, ExitCode.Recipe, "Wrong type", "See the key's row in the recipe table.");

    /// <summary>A key is missing, or one too many.</summary>
    public static readonly DiagnosticDescriptor RecipeMissingKey = new(
        "MSLIM1102", Severity.Error, ExitCode.Recipe, "Key missing", "Add the key that the message names.");

    /// <summary>A key is not known.</summary>
    public static readonly DiagnosticDescriptor RecipeUnknownKey = new(
        "MSLIM1103", Severity.Error, ExitCode.Recipe, "Unknown key", "Correct the spelling, or remove the key.");

    /// <summary>A key or value belongs to a later version.</summary>
    public static readonly DiagnosticDescriptor RecipeNotYet = new(
        "MSLIM1104", Severity.Error, ExitCode.Recipe, "Not in this version", "Use what the message says this version has.");

    /// <summary>A number is out of its range.</summary>
    public static readonly DiagnosticDescriptor RecipeRange = new(
        "MSLIM1201", Severity.Error, ExitCode.Recipe, "Out of range", "Stay within the range that the message gives.");

    /// <summary>A word is not one of those allowed.</summary>
    public static readonly DiagnosticDescriptor RecipeChoice = new(
        "MSLIM1202", Severity.Error, ExitCode.Recipe, "Unknown value", "Use one of the words that the message gives.");

    /// <summary>A number is written in a way that recipes do not read.</summary>
    public static readonly DiagnosticDescriptor RecipeNumber = new(
        "MSLIM1203", Severity.Error, ExitCode.Recipe, "Not a plain number", "Write a decimal number with a point and without quotes.");

    /// <summary>A file or folder that the recipe names does not exist.</summary>
    public static readonly DiagnosticDescriptor RecipeDataMissing = new(
        "MSLIM1204", Severity.Error, ExitCode.Recipe, "Data not found", "Correct the path; it is relative to the recipe's folder.");

    /// <summary>A part of the recipe needs data that the recipe does not name.</summary>
    public static readonly DiagnosticDescriptor RecipeDataNeeded = new(
        "MSLIM1205", Severity.Error, ExitCode.Recipe, "Data needed", "Name the data, or leave out what needs it.");

    /// <summary>A path cannot be used on every system.</summary>
    public static readonly DiagnosticDescriptor RecipePath = new(
        "MSLIM1206", Severity.Error, ExitCode.Recipe, "Path not portable", "Write / between folders, and no control characters.");

    /// <summary>Two values do not go together.</summary>
    public static readonly DiagnosticDescriptor RecipeConflict = new(
        "MSLIM1207", Severity.Error, ExitCode.Recipe, "Values do not go together", "Change one of the two that the message names.");

    /// <summary>The same files are trained on and judged by.</summary>
    public static readonly DiagnosticDescriptor RecipeLeak = new(
        "MSLIM1301", Severity.Warning, ExitCode.Recipe, "Training data used for evaluation", "Keep samples aside that training does not see.");
}

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build;

/// <summary>
/// Decides, for each <c>SlimModel</c> item, its recipe, its delivery, its place in the output, its files under <c>obj</c>, and
/// what else it is made from. Starts nothing. Writes one small file for each model, and only when its settings changed; none in a
/// design-time build.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ResolveSlimModels : Task
{
    /// <summary>The <c>SlimModel</c> items.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>
    /// Items of the project that may be the same files, with the item's type in metadata <c>OriginalType</c>. Where a model was
    /// shipped as such an item, it goes to the same place, in the same way unless something says otherwise.
    /// </summary>
    public ITaskItem[] Originals { get; set; } = [];

    /// <summary>Folder of the project, absolute.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Folder for results, below <c>obj</c>.</summary>
    [Required]
    public string IntermediateDirectory { get; set; } = "";

    /// <summary><c>ModelSlimDelivery</c>; empty lets the recipe decide.</summary>
    public string Delivery { get; set; } = "";

    /// <summary><c>Auto</c>, <c>Full</c>, <c>CacheOnly</c> or <c>Original</c>.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary><c>ModelSlimLockedMode</c>: a truth value as MSBuild reads them, or empty. Only results that the lock file names are accepted.</summary>
    public string LockedMode { get; set; } = "";

    /// <summary><c>ModelSlimWriteLockFile</c>: a truth value as MSBuild reads them, or empty. Results are written into the lock file.</summary>
    public string WriteLockFile { get; set; } = "";

    /// <summary>Path of the lock file, absolute.</summary>
    public string LockFile { get; set; } = "";

    /// <summary>Path of the tool; another path, as after an update, means another result.</summary>
    [Required]
    public string ToolAssembly { get; set; } = "";

    /// <summary><c>ModelSlimEnabled</c>: true, false or empty.</summary>
    public string Enabled { get; set; } = "";

    /// <summary><c>ModelSlimOffline</c>: a truth value as MSBuild reads them, or empty.</summary>
    public string Offline { get; set; } = "";

    /// <summary>
    /// Whether the tool's warnings fail the build, as MSBuild reads it, or empty. Where that changed, the tool runs again to give them.
    /// </summary>
    public string TreatWarningsAsErrors { get; set; } = "";

    /// <summary><c>Language</c> of the project; C# alone gets accessors.</summary>
    public string Language { get; set; } = "";

    /// <summary><c>RootNamespace</c> of the project.</summary>
    public string RootNamespace { get; set; } = "";

    /// <summary>Whether an IDE only asks, so that nothing may be written.</summary>
    public bool DesignTime { get; set; }

    /// <summary>
    /// The models, by absolute path, with metadata <c>Recipe</c>, <c>Delivery</c>, <c>RecipeDelivery</c>, <c>TargetPath</c>,
    /// <c>Link</c>, <c>LogicalName</c>, <c>OutputModel</c>, <c>Report</c>, <c>InputList</c>, <c>WarningList</c>, <c>SettingsFile</c>,
    /// where the model gets an accessor <c>Accessor</c> (its file), <c>ClassNamespace</c>, <c>ClassName</c> and <c>Signature</c>;
    /// <c>DataFiles</c> (a list), and <c>Outputs</c> (a list): what has to be newer than all that the model is made from, with a file
    /// that never exists in it where times cannot tell that the model must be made anew.
    /// </summary>
    [Output]
    public ITaskItem[] Resolved { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        if (!PropertiesAreValid())
        {
            return false;
        }

        var originals = new Dictionary<string, ITaskItem>(PathNames.Comparer);
        foreach (var original in Originals)
        {
            originals[Absolute(original.ItemSpec)] = original;
        }

        var resolved = new List<ITaskItem>();
        var places = new Dictionary<string, string>(PathNames.Comparer);
        var accessors = new AccessorChoice(Language, RootNamespace);
        var seen = new HashSet<string>(PathNames.Comparer);
        foreach (var model in Models.Where(model => seen.Add(Absolute(model.ItemSpec))))
        {
            originals.TryGetValue(Absolute(model.ItemSpec), out var original);
            if (TryResolve(model, original) is not { } item)
            {
                continue;
            }

            var place = item.GetMetadata("TargetPath");
            if (places.TryGetValue(place, out var other))
            {
                Error(BuildCodes.TargetPathInvalid, item.ItemSpec, $"'{other}' goes to '{place}' too; set TargetPath on one of the items.");
                continue;
            }

            places.Add(place, item.ItemSpec);
            if (accessors.Choose(model, item) is { } problem)
            {
                Error(problem.Code, item.ItemSpec, problem.Message);
                continue;
            }

            resolved.Add(item);
        }

        Resolved = [.. resolved];
        return !Log.HasLoggedErrors;
    }

    private bool PropertiesAreValid()
    {
        Check("ModelSlimEnabled", Enabled, ["true", "false"]);
        Check("ModelSlimMode", Mode, ["Auto", "Full", "CacheOnly", "Original"]);
        Check("ModelSlimOffline", Offline, TruthValue.Words);
        Check("ModelSlimLockedMode", LockedMode, TruthValue.Words);
        Check("ModelSlimWriteLockFile", WriteLockFile, TruthValue.Words);
        if (TruthValue.IsTrue(LockedMode) && TruthValue.IsTrue(WriteLockFile))
        {
            Error(BuildCodes.PropertyInvalid, "", "ModelSlimLockedMode and ModelSlimWriteLockFile exclude each other; a lock file is either held to or written.");
        }

        Check("ModelSlimTreatWarningsAsErrors", TreatWarningsAsErrors, TruthValue.Words);
        return !Log.HasLoggedErrors;
    }

    private void Check(string property, string value, string[] words)
    {
        if (value.Length > 0 && !words.Contains(value, StringComparer.OrdinalIgnoreCase))
        {
            Error(BuildCodes.PropertyInvalid, "", $"{property} is '{value}'; write {string.Join(", ", words.Take(words.Length - 1))} or {words[words.Length - 1]}.");
        }
    }

    private TaskItem? TryResolve(ITaskItem model, ITaskItem? original)
    {
        try
        {
            return Resolve(model, original);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Error(BuildCodes.FileAccess, Absolute(model.ItemSpec), "Cannot read or write what belongs to this model: " + e.Message);
        }
    }

    private TaskItem? Resolve(ITaskItem model, ITaskItem? original)
    {
        var path = Absolute(model.ItemSpec);
        if (!File.Exists(path))
        {
            return Error(BuildCodes.ModelMissing, path, "Model file not found; correct the SlimModel item, or with Git LFS run git lfs pull.");
        }

        var recipe = RecipeOf(model, path);
        if (!File.Exists(recipe) && !IsMode("Original"))
        {
            return Error(
                BuildCodes.RecipeMissing,
                path,
                $"No recipe at '{recipe}'. Write one beside the model ('modelslim init' does), or set Recipe on the SlimModel item.");
        }

        var (delivery, recipeDelivery) = new ModelDelivery(Delivery).Of(model, original, recipe);
        if (delivery is not ("content" or "none" or "embed"))
        {
            return Error(BuildCodes.DeliveryUnknown, recipeDelivery.Length > 0 ? recipe : path, $"Unknown delivery '{delivery}'; write content, none or embed.");
        }

        var place = FirstOf(
            model.GetMetadata("TargetPath"),
            model.GetMetadata("Link"),
            original?.GetMetadata("TargetPath"),
            original?.GetMetadata("Link"),
            PlaceOf(path)).Replace('\\', '/');
        if (Path.IsPathRooted(place) || place.Split('/').Any(part => part is ".." or "."))
        {
            return Error(BuildCodes.TargetPathInvalid, path, $"'{place}' is not a path below the output folder; set TargetPath on the item.");
        }

        var output = Path.Combine(Absolute(IntermediateDirectory), place.Replace('/', Path.DirectorySeparatorChar));
        var inputs = new SlimModelInputs(output + ".inputs.txt");
        var item = new TaskItem(Escaping.Escape(path));
        Set(item, "Recipe", recipe);
        Set(item, "Delivery", delivery);
        Set(item, "RecipeDelivery", recipeDelivery);
        Set(item, "TargetPath", place);
        Set(item, "Link", place);
        Set(item, "LogicalName", FirstOf(model.GetMetadata("LogicalName"), original?.GetMetadata("LogicalName"), ""));
        Set(item, "CopyToPublishDirectory", FirstOf(original?.GetMetadata("CopyToPublishDirectory"), "PreserveNewest"));
        Set(item, "OutputModel", output);
        Set(item, "Report", output + ".report.json");
        Set(item, "InputList", inputs.ListFile);
        Set(item, "WarningList", output + ".warnings.txt");
        Set(item, "SettingsFile", output + ".settings.txt");
        var (files, changed) = inputs.Read();
        if (TruthValue.IsTrue(LockedMode))
        {
            files = [.. files, LockFile];
        }

        changed |= TruthValue.IsTrue(WriteLockFile) && !new LockedResults(LockFile).Have(output + ".report.json");
        SetList(item, "DataFiles", files);
        SetList(item, "Outputs", changed ? [output, inputs.ListFile, inputs.ListFile + ".outdated"] : [output, inputs.ListFile]);
        if (!DesignTime)
        {
            WriteSettings(output + ".settings.txt", recipe);
        }

        return item;
    }

    private bool IsMode(string mode) => Mode.Equals(mode, StringComparison.OrdinalIgnoreCase);

    private string RecipeOf(ITaskItem model, string path)
    {
        var named = model.GetMetadata("Recipe");
        if (named.Length > 0)
        {
            return Absolute(named);
        }

        var own = Path.ChangeExtension(path, ".prune.yaml");
        return File.Exists(own) ? own : Path.Combine(Path.GetDirectoryName(path)!, "prune.yaml");
    }

    private void WriteSettings(string file, string recipe)
    {
        var kind = IsMode("Original") ? "Original" : IsMode("Full") ? "Full" : "Auto";
        var strict = TruthValue.IsTrue(TreatWarningsAsErrors) ? "warnings are errors\n" : "";
        var locked = TruthValue.IsTrue(LockedMode) ? $"locked by {LockFile}\n" : TruthValue.IsTrue(WriteLockFile) ? $"locks {LockFile}\n" : "";
        var settings = $"mode {kind}\ntool {ToolAssembly}\nrecipe {recipe}\n{strict}{locked}";
        if (!File.Exists(file) || File.ReadAllText(file) != settings)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, settings);
        }
    }

    private string PlaceOf(string path)
    {
        var root = Absolute("").TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return path.StartsWith(root, PathNames.Comparer == StringComparer.Ordinal ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase)
            ? path.Substring(root.Length)
            : Path.GetFileName(path);
    }

    private string Absolute(string path) => PathNames.Absolute(ProjectDirectory, path);

    private TaskItem? Error(string code, string file, string message)
    {
        new ToolEventLog(Log).Error(code, file, message);
        return null;
    }

    private static string FirstOf(params string?[] texts) => texts.FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? "";

    private static void Set(TaskItem item, string name, string value) => item.SetMetadata(name, Escaping.Escape(value));

    private static void SetList(TaskItem item, string name, IEnumerable<string> values) =>
        item.SetMetadata(name, string.Join(";", values.Select(Escaping.Escape)));
}

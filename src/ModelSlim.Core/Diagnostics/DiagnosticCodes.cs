using System.Collections.Immutable;
using System.Reflection;

namespace ModelSlim.Core.Diagnostics;

/// <summary>
/// Every diagnostic ModelSlim can give. First digit: 0 host and usage, 1 prune.yaml, 2 runtime, 3 lock and cache, 4 ONNX
/// file, 5 graph and pruning, 6 data and fine-tuning, 7 verification, 8 MSBuild, 9 internal.
/// </summary>
public static class DiagnosticCodes
{
    // 4: ONNX file.

    /// <summary>The model file does not exist.</summary>
    public static readonly DiagnosticDescriptor ModelMissing = new(
        "MSLIM4001", Severity.Error, ExitCode.ModelUnsupported, "Model file not found", "Check the path; with Git LFS, run git lfs pull.");

    /// <summary>The model file has no bytes.</summary>
    public static readonly DiagnosticDescriptor ModelEmpty = new(
        "MSLIM4002", Severity.Error, ExitCode.ModelUnsupported, "Model file is empty", "Export or download the model again.");

    /// <summary>The model file is the pointer that Git LFS leaves in place of a file it has not fetched.</summary>
    public static readonly DiagnosticDescriptor ModelIsLfsPointer = new(
        "MSLIM4003", Severity.Error, ExitCode.ModelUnsupported, "Model file is a Git LFS pointer", "Run git lfs pull.");

    /// <summary>The model file is something else: text, a web page, an archive.</summary>
    public static readonly DiagnosticDescriptor ModelNotOnnx = new(
        "MSLIM4004", Severity.Error, ExitCode.ModelUnsupported, "Not an ONNX file", "Give the path of an ONNX model.");

    /// <summary>The messages of the model file break off or contradict themselves.</summary>
    public static readonly DiagnosticDescriptor ModelCorrupt = new(
        "MSLIM4005", Severity.Error, ExitCode.ModelUnsupported, "Model file is damaged", "Export or download the model again.");

    /// <summary>The model file holds no graph.</summary>
    public static readonly DiagnosticDescriptor ModelWithoutGraph = new(
        "MSLIM4006", Severity.Error, ExitCode.ModelUnsupported, "Model has no graph", "Give the path of an ONNX model.");

    /// <summary>A file with weights that the model names is not there.</summary>
    public static readonly DiagnosticDescriptor ExternalDataMissing = new(
        "MSLIM4007", Severity.Error, ExitCode.ModelUnsupported, "External data not found", "Put the data file beside the model.");

    /// <summary>The model names a file with weights that is not inside its own folder.</summary>
    public static readonly DiagnosticDescriptor ExternalDataOutside = new(
        "MSLIM4008", Severity.Error, ExitCode.ModelUnsupported, "External data outside the model's folder", "Save the model with its data beside it.");

    /// <summary>The model names a part of a file with weights that the file does not have.</summary>
    public static readonly DiagnosticDescriptor ExternalDataRange = new(
        "MSLIM4009", Severity.Error, ExitCode.ModelUnsupported, "External data out of range", "The data file belongs to another model or is cut off; fetch it again.");

    /// <summary>The model and its weights are more than one message can hold.</summary>
    public static readonly DiagnosticDescriptor ModelTooLarge = new(
        "MSLIM4010", Severity.Error, ExitCode.ModelUnsupported, "Model is too large", "Models up to 1 GiB, weights included, can be read.");

    /// <summary>A tensor's shape, element type and data do not fit each other.</summary>
    public static readonly DiagnosticDescriptor TensorInvalid = new(
        "MSLIM4011", Severity.Error, ExitCode.ModelUnsupported, "Tensor is invalid", "Export the model again.");

    /// <summary>Nodes need each other's outputs.</summary>
    public static readonly DiagnosticDescriptor GraphCyclic = new(
        "MSLIM4012", Severity.Error, ExitCode.ModelUnsupported, "Graph has a cycle", "Export the model again.");

    /// <summary>Two values of one graph have the same name.</summary>
    public static readonly DiagnosticDescriptor ValueDuplicate = new(
        "MSLIM4013", Severity.Error, ExitCode.ModelUnsupported, "Value name is used twice", "Export the model again.");

    /// <summary>A node or output uses a value that nothing makes.</summary>
    public static readonly DiagnosticDescriptor ValueUndefined = new(
        "MSLIM4014", Severity.Error, ExitCode.ModelUnsupported, "Value is not defined", "Export the model again.");

    /// <summary>A node or attribute lacks a name or operator, or an attribute is there twice.</summary>
    public static readonly DiagnosticDescriptor NodeInvalid = new(
        "MSLIM4015", Severity.Error, ExitCode.ModelUnsupported, "Node is invalid", "Export the model again.");

    /// <summary>The operating system does not let the model be read.</summary>
    public static readonly DiagnosticDescriptor ModelUnreadable = new(
        "MSLIM4016", Severity.Error, ExitCode.ModelUnsupported, "Model file cannot be read", "Check the file's permissions.");

    // 5: graph and pruning.

    /// <summary>No plan reaches the target.</summary>
    public static readonly DiagnosticDescriptor TargetUnreachable = new(
        "MSLIM5001", Severity.Error, ExitCode.ModelUnsupported, "Target cannot be met", "Ask for less, raise prune.max_ratio, or ignore fewer parts.");

    // 6: data and fine-tuning.

    /// <summary>A data file or folder does not exist.</summary>
    public static readonly DiagnosticDescriptor DataMissing = new(
        "MSLIM6001", Severity.Error, ExitCode.DataUnreadable, "Data not found", "Check the path; it is relative to prune.yaml.");

    /// <summary>A data file is not what the recipe says it is.</summary>
    public static readonly DiagnosticDescriptor DataMalformed = new(
        "MSLIM6002", Severity.Error, ExitCode.DataUnreadable, "Data file has another format", "Check that the key (idx, npy, images) fits the file.");

    /// <summary>A data file does not hold as many bytes as it says.</summary>
    public static readonly DiagnosticDescriptor DataTruncated = new(
        "MSLIM6003", Severity.Error, ExitCode.DataUnreadable, "Data file is cut short or damaged", "Copy or download the file again.");

    /// <summary>There are not as many labels as samples.</summary>
    public static readonly DiagnosticDescriptor LabelCountDiffers = new(
        "MSLIM6004", Severity.Error, ExitCode.DataUnreadable, "Samples and labels differ in number", "Name the labels that belong to these samples.");

    /// <summary>Samples do not fit the model's input.</summary>
    public static readonly DiagnosticDescriptor SampleShapeDiffers = new(
        "MSLIM6005", Severity.Error, ExitCode.DataUnreadable, "Samples do not fit the model", "Set data.preprocess.resize or layout, or prepare the samples in the model's shape.");

    /// <summary>There are no samples.</summary>
    public static readonly DiagnosticDescriptor DataEmpty = new(
        "MSLIM6006", Severity.Error, ExitCode.DataUnreadable, "No samples", "Name a file or folder that holds samples.");

    /// <summary>A picture cannot be decoded.</summary>
    public static readonly DiagnosticDescriptor PictureUnreadable = new(
        "MSLIM6007", Severity.Error, ExitCode.DataUnreadable, "Picture cannot be read", "Replace or remove the file.");

    /// <summary>A file asks for more memory than is given to one file.</summary>
    public static readonly DiagnosticDescriptor DataTooLarge = new(
        "MSLIM6008", Severity.Error, ExitCode.DataUnreadable, "Data file is too large when unpacked", "Unpack the file, split it, or make the pictures smaller.");

    /// <summary>Labels are not class indices.</summary>
    public static readonly DiagnosticDescriptor LabelInvalid = new(
        "MSLIM6009", Severity.Error, ExitCode.DataUnreadable, "Labels are not class indices", "Labels are integers from 0 up, one a sample.");

    /// <summary>data.preprocess does not fit the model's input.</summary>
    public static readonly DiagnosticDescriptor PreprocessMismatch = new(
        "MSLIM6010", Severity.Error, ExitCode.Recipe, "Preprocessing does not fit the model", "Give mean and std one value, or one for each channel of the input.");

    /// <summary>A folder holds both pictures and class folders.</summary>
    public static readonly DiagnosticDescriptor ClassFoldersMixed = new(
        "MSLIM6011", Severity.Error, ExitCode.DataUnreadable, "Pictures beside class folders", "Move every picture into the folder of its class, or all into one folder without labels.");

    /// <summary>A class folder holds no pictures.</summary>
    public static readonly DiagnosticDescriptor ClassFolderEmpty = new(
        "MSLIM6012", Severity.Warning, ExitCode.DataUnreadable, "Class without pictures", "Add pictures to the folder, or remove it.");

    /// <summary>A sample could be opened but not read later.</summary>
    public static readonly DiagnosticDescriptor SampleUnreadable = new(
        "MSLIM6013", Severity.Error, ExitCode.DataUnreadable, "Sample cannot be read", "Replace or remove the file, and do not change data while it is used.");

    // 9: internal.

    /// <summary>A bug.</summary>
    public static readonly DiagnosticDescriptor Internal = new(
        "MSLIM9001", Severity.Error, ExitCode.Internal, "Internal error", "Report it, with the output of -v diag.");

    /// <summary>All of them, by code.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(DiagnosticCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => (DiagnosticDescriptor)field.GetValue(null)!)
            .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal),
    ];
}

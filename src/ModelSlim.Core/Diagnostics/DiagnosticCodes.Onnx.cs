namespace ModelSlim.Core.Diagnostics;

/// <content>4: ONNX files.</content>
public static partial class DiagnosticCodes
{
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

    /// <summary>The model asks for more memory than its files can fill.</summary>
    public static readonly DiagnosticDescriptor ModelTooLarge = new(
        "MSLIM4010", Severity.Error, ExitCode.ModelUnsupported, "Model is too large", "Save the model again, with no tensor above 2 GiB and each tensor apart in its data file.");

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

    /// <summary>ONNX Runtime does not load the model.</summary>
    public static readonly DiagnosticDescriptor ModelRefused = new(
        "MSLIM4040", Severity.Error, ExitCode.ModelUnsupported, "ONNX Runtime refuses the model", "Check the model with onnx.checker, or export it again.");

    /// <summary>ONNX Runtime loads the model but does not run it on inputs of the sizes tried.</summary>
    public static readonly DiagnosticDescriptor ModelRunFailed = new(
        "MSLIM4041", Severity.Error, ExitCode.ModelUnsupported, "ONNX Runtime cannot run the model", "Give the sizes of the inputs in section inputs of prune.yaml, or with --input.");

    /// <summary>Sizes of the recipe's section inputs do not fit the model.</summary>
    public static readonly DiagnosticDescriptor InputSizesWrong = new(
        "MSLIM4042", Severity.Error, ExitCode.Recipe, "Input sizes do not fit the model", "Name the model's inputs, with sizes that it declares.");
}

namespace ModelSlim.Core.Diagnostics;

/// <content>6: data and fine-tuning.</content>
public static partial class DiagnosticCodes
{
    /// <summary>A data file or folder does not exist.</summary>
    public static readonly DiagnosticDescriptor DataMissing = new(
        "MSLIM6001", Severity.Error, ExitCode.DataUnreadable, "Data not found", "Check the path; it is relative to prune.yaml.");

    /// <summary>A data file is not what the recipe says it is.</summary>
    public static readonly DiagnosticDescriptor DataMalformed = new(
        "MSLIM6002", Severity.Error, ExitCode.DataUnreadable, "Data file has another format", "Check that the key (idx, npy, images, csv, npz, tensors) fits the file.");

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

    /// <summary>Data that fills one input, for a model with several inputs.</summary>
    public static readonly DiagnosticDescriptor DataNeedsOneInput = new(
        "MSLIM6014", Severity.Error, ExitCode.DataUnreadable, "Data for one input of several", "Give the samples as npz, tensors or csv, which fill every input.");

    /// <summary>A row of a table is no sample.</summary>
    public static readonly DiagnosticDescriptor TableRowInvalid = new(
        "MSLIM6015", Severity.Error, ExitCode.DataUnreadable, "Row of a table is no sample", "Correct or remove the row; every cell is a number, and every row has as many.");

    /// <summary>An archive, folder or table lacks what an input or the labels need.</summary>
    public static readonly DiagnosticDescriptor DataPartMissing = new(
        "MSLIM6016", Severity.Error, ExitCode.DataUnreadable, "Part of the data not found", "Name arrays and files as the model's inputs, and the labels with labels.");

    /// <summary>Samples cannot fill an input of the model.</summary>
    public static readonly DiagnosticDescriptor InputNotFilled = new(
        "MSLIM6017", Severity.Error, ExitCode.ModelUnsupported, "Input cannot be filled with samples", "Leave section data out; the model is then pruned without data.");

    /// <summary>Class folders that are one folder on systems where case does not count.</summary>
    public static readonly DiagnosticDescriptor ClassFoldersAlike = new(
        "MSLIM6018", Severity.Error, ExitCode.DataUnreadable, "Class folders differ in case alone", "Give the classes names that differ in more than case.");
}

using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Tool.Verbs;

namespace ModelSlim.Tool.Rendering;

/// <summary>Tells somebody - a person, a script, a build - what happens.</summary>
internal interface IReporter : IProgress<StageProgress>
{
    /// <summary>Does work and shows its progress meanwhile.</summary>
    Task<T> DuringAsync<T>(Func<Task<T>> work);

    /// <summary>Tells of a file that the result depends on.</summary>
    /// <param name="path">Absolute path; a folder ends with a slash.</param>
    void Input(string path);

    /// <summary>Tells of what goes into a model and what comes out, for whoever writes code that calls it.</summary>
    void Describe(ModelSignature signature);

    /// <summary>Tells of a problem.</summary>
    void Say(Diagnostic diagnostic);

    /// <summary>Tells of the end.</summary>
    /// <param name="output">What the verb has to show; null where it failed.</param>
    void Finish(VerbOutput? output);
}

using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Benchmarks;

/// <summary>The models that are measured, as files.</summary>
/// <param name="folder">Where models made by code are written.</param>
internal sealed class BenchmarkModels(TemporaryFolder folder)
{
    /// <summary>What is measured when nothing is named.</summary>
    public static IEnumerable<string> Usual(string what) =>
        what == "memory" ? ["vgg16"] : LargeNets.Kinds.Where(kind => kind != "vgg16");

    /// <summary>Path of a model: of the file that is named, or of one of the kind that is named.</summary>
    public string PathOf(string name)
    {
        if (File.Exists(name))
        {
            return name;
        }

        var path = folder.File($"{name}.onnx");
        new OnnxWriter().Save(LargeNets.Make(name), path);
        return path;
    }
}

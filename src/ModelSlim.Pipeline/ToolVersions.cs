using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using ModelSlim.Core.Onnx;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Training.Data;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Pipeline;

/// <summary>Versions of everything that computes an artifact.</summary>
public static class ToolVersions
{
    /// <summary>
    /// Versions by name. This tool's is its version and a digest of its assemblies' identities, because two builds of one
    /// version may compute differently.
    /// </summary>
    public static ImmutableSortedDictionary<string, string> Current()
    {
        Type[] own = [typeof(OnnxModel), typeof(SessionFactory), typeof(SampleSetReader), typeof(ToolVersions)];
        var identities = own.SelectMany(type => type.Module.ModuleVersionId.ToByteArray()).ToArray();
        return ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("modelslim", $"{Of(typeof(ToolVersions))} {Convert.ToHexStringLower(SHA256.HashData(identities))[..16]}")
            .Add("onnxruntime", Of(typeof(InferenceSession)))
            .Add("torchsharp", Of(typeof(TorchSharp.torch)))
            .Add("libtorch", LibTorchVersion.Value);
    }

    private static string Of(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? type.Assembly.GetName().Version?.ToString()
        ?? "";
}

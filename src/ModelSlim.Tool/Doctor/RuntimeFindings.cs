using System.Text.Json.Nodes;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Tool.Doctor;

/// <summary>What is known about fine-tuning on this machine, as findings.</summary>
internal static class RuntimeFindings
{
    private const int ShownDigits = 16;

    /// <summary>The findings, from the machine up to a trained net.</summary>
    public static IEnumerable<Finding> Of(RuntimeFacts facts)
    {
        var host = facts.Host;
        yield return new Finding("rid", "Platform", host.Rid, host.Rid);
        if (host.Glibc is { } glibc)
        {
            yield return new Finding("glibc", "C library", $"glibc {glibc}", glibc);
        }

        if (facts.StandardLibrary is { } library)
        {
            yield return new Finding("standardLibrary", "C++ library", library, library);
        }

        yield return new Finding("libTorch", "libtorch", LibTorch(facts), new JsonObject
        {
            ["version"] = facts.LibTorchVersion,
            ["path"] = facts.LibTorch?.Path,
        });
        if (!facts.Relaxed.IsEmpty)
        {
            yield return new Finding(
                "relaxed",
                "Adapted",
                $"TorchSharp's library asks for {string.Join(", ", facts.Relaxed)}, which it does not use; a private copy does without",
                new JsonArray([.. facts.Relaxed.Select(version => JsonValue.Create(version))]));
        }

        yield return new Finding("numericsClass", "Numerics", Numerics(facts), facts.NumericsClass);
        if (facts.Checksum is { } checksum)
        {
            yield return new Finding("checksum", "Trial training", $"done, checksum {checksum[..ShownDigits]}", checksum);
        }
    }

    private static string LibTorch(RuntimeFacts facts) => facts.LibTorch is { } found
        ? $"{facts.LibTorchVersion} in {found.Path}"
        : $"{facts.LibTorchVersion} is not here";

    private static string Numerics(RuntimeFacts facts) => (facts.NumericsClass, facts.Numerics) switch
    {
        (null, _) => "none",
        ({ } name, null) => name,
        ({ } name, { } read) => $"{name}: {read.Threads} thread{(read.Threads == 1 ? string.Empty : "s")}"
            + (read.Capability is { } capability ? $", {capability}" : string.Empty)
            + "; a recipe may ask for floor or native instead",
    };
}

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ModelSlim.Build.Tests.Testing;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>The packed targets with the packed tool, on a small net, without training.</summary>
public sealed class EngineTests(Packages packages)
{
    private const string Recipe = "target: { macs: 50% }\n";

    [Fact]
    public async Task A_build_ships_what_is_locked_and_says_what_changed()
    {
        using var work = await packages.NewSolutionAsync();
        WriteModel(work, "net.onnx");
        work.Write("prune.yaml", Recipe);
        work.WriteProject("lib.csproj", Store(work), realTool: true);
        (await work.BuildAsync("lib.csproj", "-p:ModelSlimWriteLockFile=true")).Succeeds();
        var (locked, shipped) = (File.ReadAllText(work["modelslim.lock.json"]), File.ReadAllBytes(work["bin/Debug/net10.0/net.onnx"]));
        Assert.Contains("\"net.onnx\": {", locked, StringComparison.Ordinal);

        foreach (var folder in (string[])["bin", "obj", "store"])
        {
            Directory.Delete(work[folder], recursive: true);
        }

        (await work.BuildAsync("lib.csproj", "-p:ModelSlimLockedMode=true")).Succeeds();
        Assert.Equal(shipped, File.ReadAllBytes(work["bin/Debug/net10.0/net.onnx"]));
        Assert.Equal(1, (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimWriteLockFile=true")).Succeeds().SlimTasks);
        Assert.Equal(0, (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimWriteLockFile=true")).Succeeds().SlimTasks);
        Assert.Equal(locked, File.ReadAllText(work["modelslim.lock.json"]));

        work.Write("prune.yaml", "target: { macs: 40% }\n");
        var error = Assert.Single((await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimLockedMode=true")).Fails().Errors);
        Assert.Equal(("MSLIM3003", work["modelslim.lock.json"]), (error.Code, error.File));
        Assert.Contains("target.macs", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_warm_store_gives_the_same_bytes_to_a_clean_build()
    {
        using var work = await packages.NewSolutionAsync();
        WriteModel(work, "net.onnx");
        work.Write("prune.yaml", Recipe);
        work.WriteProject("lib.csproj", Store(work), realTool: true);

        (await work.BuildAsync("lib.csproj")).Succeeds();
        var cold = File.ReadAllBytes(work["bin/Debug/net10.0/net.onnx"]);
        Assert.Equal("miss", CacheOf(work["obj/Debug/net10.0/modelslim/net.onnx.report.json"]));
        Assert.InRange(cold.Length, 1, File.ReadAllBytes(work["net.onnx"]).Length - 1);

        Directory.Delete(work["bin"], recursive: true);
        Directory.Delete(work["obj"], recursive: true);
        (await work.BuildAsync("lib.csproj", "-p:ModelSlimMode=CacheOnly")).Succeeds();
        Assert.Equal("hit", CacheOf(work["obj/Debug/net10.0/modelslim/net.onnx.report.json"]));
        Assert.Equal(cold, File.ReadAllBytes(work["bin/Debug/net10.0/net.onnx"]));

        work.Write("prune.yaml", "target: { macs: 40% }\n");
        var miss = (await work.BuildAsync("lib.csproj", "--no-restore", "-p:ModelSlimMode=CacheOnly")).Fails();
        Assert.StartsWith("MSLIM3", Assert.Single(miss.Errors).Code);

        work.Write("prune.yaml", "prune: {}\ntarget: { macz: 50% }\n");
        var broken = (await work.BuildAsync("lib.csproj", "--no-restore")).Fails();
        var error = Assert.Single(broken.Errors);
        Assert.StartsWith("MSLIM1", error.Code);
        Assert.Equal((work["prune.yaml"], 2, 11), (error.File, error.LineNumber, error.ColumnNumber));
    }

    [Fact]
    public async Task Projects_and_frameworks_that_share_a_model_prune_it_once()
    {
        using var work = await packages.NewSolutionAsync();
        WriteModel(work, "shared/net.onnx");
        work.Write("shared/prune.yaml", Recipe);
        const string item = """<SlimModel Include="../shared/net.onnx" />""";
        work.WriteProject("One/One.csproj", Store(work), item, realTool: true, frameworks: "net10.0;netstandard2.0");
        work.WriteProject("Two/Two.csproj", Store(work), item, realTool: true);
        work.Write("all.slnx", """<Solution><Project Path="One/One.csproj" /><Project Path="Two/Two.csproj" /></Solution>""");

        (await work.BuildAsync("all.slnx", "-m:3")).Succeeds();

        string[] folders = ["One/obj/Debug/net10.0", "One/obj/Debug/netstandard2.0", "Two/obj/Debug/net10.0"];
        Assert.Equal(
            ["hit", "hit", "miss"],
            folders.Select(folder => CacheOf(work[folder + "/modelslim/net.onnx.report.json"])).Order());
        Assert.Single(folders.Select(folder => Convert.ToHexString(File.ReadAllBytes(work[folder + "/modelslim/net.onnx"]))).Distinct());
    }

    [Fact]
    public async Task What_one_machine_built_another_one_gets_from_the_remote_cache_and_secrets_stay_secret()
    {
        using var server = new LoopbackCache();
        using var work = await packages.NewSolutionAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var password = "secret-" + Guid.NewGuid().ToString("N");
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes("somebody:" + password));
        var pem = key.ExportPkcs8PrivateKeyPem();
        work.Environment["MODELSLIM_REMOTE_CACHE_USER"] = "somebody";
        work.Environment["MODELSLIM_REMOTE_CACHE_PASSWORD"] = password;
        work.Environment["MODELSLIM_SIGNING_KEY"] = pem;
        work.Environment["MODELSLIM_TRUSTED_KEYS"] = key.ExportSubjectPublicKeyInfoPem();
        WriteModel(work, "net.onnx");
        work.Write("prune.yaml", Recipe);
        work.WriteProject("lib.csproj", $"{Store(work)}<ModelSlimRemoteCache>{server.Address}/main</ModelSlimRemoteCache><ModelSlimVerbosity>diag</ModelSlimVerbosity>", realTool: true);
        var pushed = (await work.BuildAsync("lib.csproj", "-v:diag")).Succeeds();
        var shipped = File.ReadAllBytes(work["bin/Debug/net10.0/net.onnx"]);
        Assert.Single(server.Paths("main/ac"));
        Assert.Contains(server.Requests, request => request.Authorization == "Basic " + credentials);

        foreach (var folder in (string[])["bin", "obj", "store"])
        {
            Directory.Delete(work[folder], recursive: true);
        }

        var pulled = (await work.BuildAsync("lib.csproj", "-v:diag", "-p:ModelSlimMode=CacheOnly", "-p:ModelSlimRemoteCacheReadOnly=true")).Succeeds();
        Assert.Equal("hit", CacheOf(work["obj/Debug/net10.0/modelslim/net.onnx.report.json"]));
        Assert.Equal(shipped, File.ReadAllBytes(work["bin/Debug/net10.0/net.onnx"]));

        server.AnswerWith(401);
        Directory.Delete(work["store"], recursive: true);
        File.Delete(work["obj/Debug/net10.0/modelslim/net.onnx"]);
        var refused = (await work.BuildAsync("lib.csproj", "-v:diag", "--no-restore")).Succeeds();
        Assert.Contains(refused.Warnings, warning => warning.Code == "MSLIM3022");

        string[] secrets = [password, credentials, pem.Split('\n')[1].Trim()];
        foreach (var run in (BuildRun[])[pushed, pulled, refused])
        {
            var log = run.ReadLog();
            Assert.Contains("--remote-cache", log, StringComparison.Ordinal);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, run.Output, StringComparison.Ordinal));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
        }

        // Nor do they stand in what is kept: report, store, obj and what the server got.
        var kept = Directory.GetFiles(work.Root, "*", SearchOption.AllDirectories).Select(File.ReadAllBytes).Concat(server.Files.Values).ToArray();
        Assert.All(secrets, secret => Assert.DoesNotContain(kept, bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0));
    }

    [Fact]
    public async Task The_tool_package_installs_and_runs()
    {
        using var work = await packages.NewSolutionAsync();
        var cancellation = TestContext.Current.CancellationToken;

        var installed = await work.DotNet().RunAsync(
            work.Root, cancellation, "tool", "install", "ModelSlim", "--version", packages.Version, "--tool-path", work["tools"]);
        Assert.True(installed.ExitCode == 0, installed.Output);

        var tool = Directory.GetFiles(work["tools/.store/modelslim"], "modelslim.dll", SearchOption.AllDirectories).Single();
        var help = await work.DotNet().RunAsync(work.Root, cancellation, tool, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Contains("prune", help.Output);
    }

    private static string Store(TestSolution work) => $"<ModelSlimCacheDirectory>{work["store"]}</ModelSlimCacheDirectory>";

    private static string CacheOf(string report)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(report));
        return document.RootElement.GetProperty("cache").GetString()!;
    }

    private static void WriteModel(TestSolution work, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(work[path])!);
        File.WriteAllBytes(work[path], new OnnxWriter().Write(SmallNets.Residual()));
    }
}

using System.Diagnostics;
using ModelSlim.Core.Onnx;
using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests;

/// <summary>Real processes on file systems that are full, in a name space of their own where a user may mount.</summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_store_is_a_warning_and_stays_sound()
    {
        using var folder = Prepare("target: { macs: 50% }\n");

        // Takes the slim model and not the report.
        var run = await RunOn(folder, "store", "16k", $"{Prune(folder)}; echo \"rc $?\"; echo \"left [$(find store/v1/tmp store/v1/ac -type f 2>/dev/null)]\"; {Tool} cache verify --cache-dir store --json");

        Assert.Contains("MSLIM3014", run, StringComparison.Ordinal);
        Assert.Contains("rc 0\nleft []\n", run, StringComparison.Ordinal);
        Assert.Contains("\"damaged\":[]", run.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(new OnnxReader().Read(folder.File("out", "slim.onnx")).Succeeded);
    }

    [Fact]
    public async Task A_store_may_fill_up_at_any_write()
    {
        using var folder = Prepare("target: { macs: 50% }\n");

        // From room for nothing to room for all; in between the next run finds whatever the one before could put there.
        var run = await RunOn(
            folder, "store", "4k",
            $"for size in 4 8 12 16 20 24 32 64; do mount -o remount,size=${{size}}k store; {Prune(folder)} >said 2>&1 || cat said; " +
            $"sha256sum out/slim.onnx; rm out/slim.onnx; {Tool} cache verify --cache-dir store -v q || echo damaged; done; grep -c MSLIM3014 said");

        var lines = run.TrimEnd().Split('\n');
        Assert.Equal("0", lines[^1]);
        Assert.Equal(8, lines[..^1].Length);
        Assert.Single(lines[..^1].Distinct());
    }

    [Fact]
    public async Task A_store_that_must_not_be_written_is_a_warning()
    {
        using var folder = Prepare("target: { macs: 50% }\n");

        var run = await RunOn(folder, "store", "1m,ro", $"{Prune(folder)}; echo \"rc $?\"");

        Assert.Contains("warning MSLIM3011", run, StringComparison.Ordinal);
        Assert.EndsWith("rc 0\n", run, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("out", "slim.onnx")));
    }

    [Fact]
    public async Task A_full_output_folder_is_an_error_and_has_nothing_half_written()
    {
        using var folder = Prepare("target: { macs: 50% }\n");

        var run = await RunOn(folder, "out", "4k", $"{Prune(folder)}; echo \"rc $?\"; ls -A out");

        Assert.Contains("error MSLIM0002", run, StringComparison.Ordinal);
        Assert.EndsWith("rc 1\n", run, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_temporary_files_do_not_take_is_an_error_that_says_so()
    {
        using var folder = Prepare("target: { macs: 50% }\ndata: { calibration: { idx: x.gz } }\n");
        const int samples = 400_000;
        using (var packed = new System.IO.Compression.GZipStream(File.Create(folder.File("x.gz")), System.IO.Compression.CompressionLevel.Fastest))
        {
            packed.Write([0, 0, 8, 4, 0, samples >> 16, samples >> 8 & 255, samples & 255, 0, 0, 0, 3, 0, 0, 0, 8, 0, 0, 0, 8]);
            for (var sample = 0; sample < samples; sample++)
            {
                packed.Write(new byte[3 * 8 * 8]);
            }
        }

        var run = await RunOn(folder, "temporary", "1m", $"export TMPDIR=$PWD/temporary; {Prune(folder)}; echo \"rc $?\"");

        Assert.Contains("set TMPDIR", run, StringComparison.Ordinal);
        Assert.EndsWith("rc 8\n", run, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("out", "slim.onnx")));
    }

    private static string Tool => $"'{ToolStart.DotNet}' '{ToolStart.Tool}'";

    private static string Prune(TemporaryFolder folder) =>
        $"{Tool} prune '{folder.File("net.onnx")}' -r '{folder.File("prune.yaml")}' -o out/slim.onnx --cache-dir store -v m";

    private static TemporaryFolder Prepare(string recipe)
    {
        var folder = new TemporaryFolder();
        ToolRun.WriteModel(folder);
        folder.Write("prune.yaml", recipe);
        return folder;
    }

    // What a script says, standard error included, with a small file system in the place of a folder.
    private static async Task<string> RunOn(TemporaryFolder folder, string place, string size, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test mounts a tmpfs.");
        Directory.CreateDirectory(folder.File(place));
        var start = new ProcessStartInfo("unshare", ["-rm", "sh", "-c", $"mount -t tmpfs -o size={size} none '{folder.File(place)}' || exit 99; {script}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = folder.FullName,
        };
        start.ArgumentList[3] = $"exec 2>&1; {start.ArgumentList[3]}";
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no unshare here.");
            throw;
        }

        using (process)
        {
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.SkipWhen(process.ExitCode == 99 || output.StartsWith("unshare:", StringComparison.Ordinal), $"Nothing can be mounted here: {output}");
            return output;
        }
    }
}

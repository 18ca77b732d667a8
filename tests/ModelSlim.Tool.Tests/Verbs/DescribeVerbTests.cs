using ModelSlim.Testing;

namespace ModelSlim.Tool.Tests.Verbs;

public sealed class DescribeVerbTests
{
    [Fact]
    public async Task Tells_a_build_what_goes_in_and_what_comes_out()
    {
        using var folder = new TemporaryFolder();
        var model = ToolRun.WriteModel(folder);

        var run = await ToolRun.Of("describe", model, "--events", "jsonl", "--parent-pid", $"{Environment.ProcessId}");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(["input", "output"], run.Events.SkipLast(1).Select(told => (string?)told["role"]));
        Assert.All(run.Events.SkipLast(1), told => Assert.Equal(("value", "float"), ((string?)told["event"], (string?)told["type"])));
        Assert.True((int)run.Events[0]["rank"]! > 0);
        Assert.Equal("result", (string?)run.Events[^1]["event"]);
        Assert.False((bool)run.Events[^1]["externalData"]!);

        var json = (await ToolRun.Of("describe", model, "--json")).Json;
        Assert.Equal(2, json["values"]!.AsArray().Count);
    }

    [Fact]
    public async Task What_is_no_model_is_an_error()
    {
        using var folder = new TemporaryFolder();

        var run = await ToolRun.Of("describe", folder.Write("net.onnx", "not found"), "--events", "jsonl");

        Assert.Equal(7, run.ExitCode);
        Assert.Equal("MSLIM4004", (string?)Assert.Single(run.Events)["code"]);
    }
}

using System.Text.Json.Nodes;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Tool.Rendering;

namespace ModelSlim.Tool.Tests.Rendering;

public sealed class EventReporterTests
{
    [Fact]
    public void A_diagnostic_has_its_place()
    {
        var place = new SourceSpan("dir/prune.yaml", 7, 3, 7, 9);

        Assert.Equal(
            """{"event":"diagnostic","severity":"error","code":"MSLIM1103","message":"Unknown key 'scop'","file":"dir/prune.yaml","line":7,"column":3,"endLine":7,"endColumn":9}""",
            Line(reporter => reporter.Say(DiagnosticCodes.RecipeUnknownKey.At(place, "Unknown key 'scop'"))));
    }

    [Fact]
    public void A_diagnostic_without_a_place_has_none() =>
        Assert.Equal(
            """{"event":"diagnostic","severity":"warning","code":"MSLIM1301","message":"größe"}""",
            Line(reporter => reporter.Say(DiagnosticCodes.RecipeLeak.Says("größe"))));

    [Fact]
    public void A_file_without_lines_is_a_file() =>
        Assert.Equal("net.onnx", (string?)JsonNode.Parse(
            Line(reporter => reporter.Say(DiagnosticCodes.ModelMissing.At(new SourceSpan("net.onnx"), "x"))))!["file"]);

    [Fact]
    public void Progress_has_the_time_left_where_it_is_known()
    {
        Assert.Equal(
            """{"event":"progress","stage":"fine-tune","done":3,"total":10,"detail":"loss 0.31","remainingSeconds":12.5}""",
            Line(reporter => reporter.Report(new StageProgress("fine-tune", 3, 10, "loss 0.31", TimeSpan.FromSeconds(12.49)))));
        Assert.Equal(
            """{"event":"progress","stage":"plan","done":0,"total":0,"detail":""}""",
            Line(reporter => reporter.Report(new StageProgress("plan", 0, 0))));
    }

    [Fact]
    public void An_input_has_its_path() =>
        Assert.Equal("""{"event":"input","path":"/data/train.gz"}""", Line(reporter => reporter.Input("/data/train.gz")));

    [Fact]
    public void A_value_has_its_axes_as_far_as_they_are_known()
    {
        var known = new GraphValue("x", ElementType.Float16, [new Dimension(null, "batch, n"), new Dimension(3, null), default]);
        var unknown = new GraphValue("y", ElementType.Undefined, default);

        Assert.Equal(
            """{"event":"value","role":"input","name":"x","type":"float16","rank":3,"symbol0":"batch, n","size1":3}""",
            Line(reporter => reporter.Describe(new ModelSignature([known], []))));
        Assert.Equal(
            """{"event":"value","role":"output","name":"y","type":""}""",
            Line(reporter => reporter.Describe(new ModelSignature([], [unknown]))));
    }

    [Fact]
    public void A_failure_has_no_result()
    {
        using var output = new StringWriter();

        new EventReporter(output).Finish(null);

        Assert.Empty(output.ToString());
    }

    private static string Line(Action<EventReporter> say)
    {
        using var output = new StringWriter { NewLine = "\n" };
        say(new EventReporter(output));
        return Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}

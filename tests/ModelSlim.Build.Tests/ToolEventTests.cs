namespace ModelSlim.Build.Tests;

public sealed class ToolEventTests
{
    [Fact]
    public void Reads_text_numbers_and_escapes()
    {
        var said = ToolEvent.TryRead("""  {"event":"diagnostic", "message":"a \"b\" \\ \/ \u00e9\n\ttab","line":7,"remainingSeconds":12.5,"file":null,"kept":false} """);

        Assert.NotNull(said);
        Assert.Equal("diagnostic", said.Kind);
        Assert.Equal("a \"b\" \\ / é\n\ttab", said.Text("message"));
        Assert.Equal(7, said.Number("line"));
        Assert.Equal(12.5, said.Seconds("remainingSeconds"));
        Assert.Equal("", said.Text("file"));
        Assert.Equal("false", said.Text("kept"));
        Assert.Equal("", said.Text("missing"));
        Assert.Equal(0, said.Number("message"));
        Assert.Null(said.Seconds("missing"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Unhandled exception. System.Exception: no")]
    [InlineData("{}")]
    [InlineData("""{"no":"event"}""")]
    [InlineData("""{"event":"x"} and more""")]
    [InlineData("""{"event":"x" """)]
    [InlineData("""{"event":"x",}""")]
    [InlineData("""{"event":"\q"}""")]
    [InlineData("""{"event":"\u12"}""")]
    [InlineData("""{"event":"x","y":maybe}""")]
    [InlineData("""{"event":"x","y":{"z":1}}""")]
    [InlineData("""{"event":"x""")]
    public void A_line_that_is_no_event_is_not_read(string line) => Assert.Null(ToolEvent.TryRead(line));
}

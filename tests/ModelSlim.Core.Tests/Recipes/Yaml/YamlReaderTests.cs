using System.Text;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes.Yaml;

namespace ModelSlim.Core.Tests.Recipes.Yaml;

public sealed class YamlReaderTests
{
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    [Fact]
    public void Every_node_knows_where_it_is()
    {
        var root = Mapping("a: { b: 50% }\nc:\n  - x\n  - 'y z'\nd:\n");

        Assert.Equal(["a", "c", "d"], root.Entries.Select(entry => entry.Key.Text));
        Assert.Equal(Span(1, 1, 5, 3), root.Span);
        Assert.Equal(Span(1, 4, 1, 14), root.Entries[0].Value.Span);
        Assert.Equal(Span(1, 1, 1, 14), root.Entries[0].Span);
        var b = Assert.IsType<YamlNode.Mapping>(root.Entries[0].Value).Entries[0];
        Assert.Equal(Span(1, 6, 1, 7), b.Key.Span);
        Assert.Equal(Span(1, 9, 1, 12), b.Value.Span);
        var list = Assert.IsType<YamlNode.Sequence>(root.Entries[1].Value);
        Assert.Equal(Span(3, 3, 4, 10), list.Span);
        Assert.Equal(new YamlNode.Scalar("y z", false, Span(4, 5, 4, 10)), list.Items[1]);
        Assert.True(Assert.IsType<YamlNode.Scalar>(root.Entries[2].Value).IsNull);
    }

    [Theory]
    [InlineData("a: 1\nb: 2\n")]
    [InlineData("a: 1\r\nb: 2\r\n")]
    [InlineData("%YAML 1.2\n---\na: 1\nb: 2\n...\n")]
    [InlineData("{ a: 1, b: 2 }")]
    public void Same_nodes_whatever_the_line_ends_and_style(string text)
    {
        Assert.Equal(["a", "b"], Mapping(text).Entries.Select(entry => entry.Key.Text));
        Assert.Equal(["1", "2"], Mapping(text).Entries.Select(entry => ((YamlNode.Scalar)entry.Value).Text));
    }

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_first_key()
    {
        var result = new YamlReader().Read("prune.yaml", [.. Mark, .. "a: 1"u8]);

        var key = Assert.IsType<YamlNode.Mapping>(result.Value).Entries[0].Key;
        Assert.Equal("a", key.Text);
        Assert.Equal(Span(1, 1, 1, 2), key.Span);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public void A_text_of_comments_is_an_empty_mapping(string text) => Assert.Empty(Mapping(text).Entries);

    [Theory]
    [InlineData("a: [1, 2\n", "MSLIM1002", 2, 1)]
    [InlineData("a: b: c\n", "MSLIM1002", 1, 5)]
    [InlineData("a: \"x\n", "MSLIM1002", 1, 4)]
    [InlineData("a: 1\n  b: 2\n", "MSLIM1002", 2, 4)]
    [InlineData("a: \"\\q\"\n", "MSLIM1002", 1, 4)]
    [InlineData("a: %x\n", "MSLIM1002", 1, 4)]
    [InlineData("a: 1\n]\n", "MSLIM1002", 2, 1)]
    [InlineData("a: {\nb: 1 }\n", "MSLIM1002", 1, 4)]
    [InlineData("- : 1 }\n", "MSLIM1002", 2, 1)]
    [InlineData("a: &x 1\nb: *x\n", "MSLIM1003", 1, 4)]
    [InlineData("a: 1\nb: *x\n", "MSLIM1003", 2, 4)]
    [InlineData("a: !!System.Diagnostics.Process { }\n", "MSLIM1003", 1, 4)]
    [InlineData("!t a: 1\n", "MSLIM1003", 1, 1)]
    [InlineData("a: 1\n---\nb: 2\n", "MSLIM1003", 2, 1)]
    [InlineData("? [x]\n: 1\n", "MSLIM1003", 1, 3)]
    [InlineData("? { x: 1 }\n: 1\n", "MSLIM1003", 1, 3)]
    [InlineData("a: 1\nb: 2\na: 3\n", "MSLIM1005", 3, 1)]
    [InlineData("x: { a: 1, 'a': 2 }\n", "MSLIM1005", 1, 12)]
    public void What_is_refused_is_refused_where_it_is(string text, string code, int line, int column)
    {
        var error = Error(Encoding.UTF8.GetBytes(text));

        Assert.Equal(code, error.Code);
        Assert.Equal((line, column), (error.Location!.Line, error.Location.Column));
        Assert.Equal(ExitCode.Recipe, error.Descriptor.ExitCode);
    }

    [Theory]
    [InlineData("a: 1\n\tb: 2\n", 2, 1)]
    [InlineData("a: 1\nb:\n\tc: 2\n", 3, 1)]
    [InlineData("a: {\n\tx: 1 }\nb:\n  c: 2\n\td: 3\n", 5, 1)]
    [InlineData("a: { b: 1 }\n\n\n\tc: { d: 2 }\n", 4, 1)]
    [InlineData("a:\r\n  b:\r\n  \t- c\r\n", 3, 3)]
    public void A_tab_indent_is_named_where_it_is(string text, int line, int column)
    {
        var error = Error(Encoding.UTF8.GetBytes(text));

        Assert.Equal($"Line {line} is indented with a tab; YAML indents with spaces", error.Message);
        Assert.Equal(Span(line, column, line, column + 1), error.Location);
    }

    [Fact]
    public void A_repeated_key_names_the_line_of_the_first() =>
        Assert.Equal("Key 'a' is already in line 1; keep one of them", Error("a: 1\n\na: 2\n"u8.ToArray()).Message);

    [Theory]
    [InlineData(33, true)]
    [InlineData(34, false)]
    [InlineData(100_000, false)]
    public void Depth_is_limited_without_deep_recursion(int depth, bool accepted)
    {
        var text = new string('[', depth) + new string(']', depth);

        var result = new YamlReader().Read("prune.yaml", Encoding.UTF8.GetBytes(text));

        Assert.Equal(accepted, result.Succeeded);
        if (!accepted)
        {
            var error = Assert.Single(result.Diagnostics);
            Assert.Equal(("MSLIM1004", 34), (error.Code, error.Location!.Column));
        }
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var letter = 'b'; letter <= 'j'; letter++)
        {
            bomb.Append($"{letter}: &{letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 9))}]\n");
        }

        var error = Error(Encoding.UTF8.GetBytes(bomb.ToString()));

        Assert.Equal(("MSLIM1003", 1, 4), (error.Code, error.Location!.Line, error.Location.Column));
    }

    [Theory]
    [InlineData(YamlReader.LargestText, true)]
    [InlineData(YamlReader.LargestText + 1, false)]
    public void Size_is_limited(int size, bool accepted)
    {
        var text = "a: " + new string('x', size - 3);

        var result = new YamlReader().Read("prune.yaml", Encoding.UTF8.GetBytes(text));

        Assert.Equal(accepted, result.Succeeded);
        Assert.Equal(accepted ? [] : ["MSLIM1004"], result.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xFF })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 })]
    public void Other_encodings_are_refused(byte[] bytes) => Assert.Equal("MSLIM1006", Error(bytes).Code);

    [Theory]
    [InlineData("null", true, false, false)]
    [InlineData("~", true, false, false)]
    [InlineData("true", false, true, false)]
    [InlineData("False", false, true, false)]
    [InlineData("no", false, false, false)]
    [InlineData("off", false, false, false)]
    [InlineData("12", false, false, true)]
    [InlineData("-1.5e3", false, false, true)]
    [InlineData(".5", false, false, true)]
    [InlineData("0x1F", false, false, true)]
    [InlineData(".inf", false, false, true)]
    [InlineData(".NaN", false, false, true)]
    [InlineData("NaN", false, false, false)]
    [InlineData("1_000", false, false, false)]
    [InlineData("50%", false, false, false)]
    public void Plain_scalars_have_the_types_of_YAML_1_2(string text, bool isNull, bool isBoolean, bool isNumber)
    {
        var plain = new YamlNode.Scalar(text, true, Span(1, 1, 1, 1));
        var quoted = plain with { IsPlain = false };

        Assert.Equal((isNull, isBoolean, isNumber), (plain.IsNull, plain.IsBoolean, plain.IsNumber));
        Assert.Equal(!isNull && !isBoolean && !isNumber, plain.IsText);
        Assert.True(quoted.IsText);
    }

    private static SourceSpan Span(int line, int column, int endLine, int endColumn) =>
        new("prune.yaml", line, column, endLine, endColumn);

    private static YamlNode.Mapping Mapping(string text)
    {
        var result = new YamlReader().Read("prune.yaml", Encoding.UTF8.GetBytes(text));
        Assert.True(result.Succeeded, string.Join('\n', result.Diagnostics));
        return Assert.IsType<YamlNode.Mapping>(result.Value);
    }

    private static Diagnostic Error(byte[] bytes)
    {
        var result = new YamlReader().Read("prune.yaml", bytes);
        Assert.False(result.Succeeded);
        return Assert.Single(result.Diagnostics);
    }
}

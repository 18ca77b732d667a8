using ModelSlim.Core.Caching;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Fingerprints;
using ModelSlim.Core.Locking;
using ModelSlim.Testing;

namespace ModelSlim.Core.Tests.Locking;

public sealed class LockFileTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly LockFileText text = new();
    private readonly LockFileStore files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void What_is_written_is_read_again()
    {
        var file = LockFile.Empty.With("nets/größe.onnx", Result("a")).With("a.onnx", Result("b", kept: true));

        var read = text.Read(text.Write(file), "x").Value!;

        Assert.Equal(["a.onnx", "nets/größe.onnx"], read.Results.Keys);
        Assert.Equal(file.Results.Values.Select(result => result.Fingerprint.Key), read.Results.Values.Select(result => result.Fingerprint.Key));
        Assert.All(file.Results, result => Assert.True(read.Results[result.Key].Names(result.Value.Files)));
        Assert.Equal([true, false], read.Results.Values.Select(result => result.KeptOriginal));
        Assert.Equal(text.Write(file), text.Write(read));
    }

    [Fact]
    public void The_same_results_are_the_same_bytes_and_a_change_touches_its_own_lines_alone()
    {
        var (one, two) = (Result("a"), Result("b"));
        var before = text.Write(LockFile.Empty.With("a.onnx", one).With("b.onnx", two));

        Assert.Equal(before, text.Write(LockFile.Empty.With("b.onnx", two).With("a.onnx", one)));
        Assert.DoesNotContain('\r', before);
        Assert.EndsWith("}\n", before, StringComparison.Ordinal);
        Assert.Contains("größe", text.Write(LockFile.Empty.With("größe", one)), StringComparison.Ordinal);
        var after = text.Write(LockFile.Empty.With("a.onnx", one).With("b.onnx", Result("c"))).Split('\n');
        Assert.Equal(2, before.Split('\n').Zip(after).Count(lines => lines.First != lines.Second));
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("", 1)]
    [InlineData("null", 0)]
    [InlineData("[]", 1)]
    [InlineData("{\"version\": 2, \"models\": {}}", 0)]
    [InlineData("{\"version\": 1}", 1)]
    [InlineData("{\"version\": 1, \"models\": null}", 1)]
    [InlineData("{\"version\": 1, \"models\": {\"a\": null}}", 0)]
    [InlineData("{\"version\": 1,\n\"models\": {},\n\"more\": 1}", 3)]
    [InlineData("{\"version\": 1,\n\"models\": {},\n\"models\": {}}", 3)]
    [InlineData("{\"version\": 1,\n<<<<<<< HEAD\n\"models\": {}}", 2)]
    [InlineData("[[[[[[[[[[[[[[[[[[[[", 1)]
    public void What_is_no_lock_file_is_refused_with_its_line(string written, int line)
    {
        var said = Assert.Single(text.Read(written, "x.json").Diagnostics);

        Assert.Equal(("MSLIM3001", new SourceSpan("x.json", line, line > 0 ? 1 : 0)), (said.Code, said.Location));
    }

    [Theory]
    [InlineData("\"epochs\": \"a\"", "\"epochs\": \"b\"")]
    [InlineData("\"size\": 7", "\"size\": -7")]
    [InlineData(Digits, "../../../../etc/passwd")]
    [InlineData(Digits, "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef")]
    public void What_does_not_fit_together_is_refused(string good, string bad)
    {
        var written = text.Write(LockFile.Empty.With("a.onnx", Result("a")));
        Assert.Contains(good, written, StringComparison.Ordinal);

        Assert.Equal("MSLIM3001", Assert.Single(text.Read(written.Replace(good, bad, StringComparison.Ordinal), "x").Diagnostics).Code);
    }

    [Fact]
    public void Where_there_is_no_file_nothing_is_locked_and_what_cannot_be_opened_says_so()
    {
        using var folder = new TemporaryFolder();

        Assert.Empty(files.Read(folder.File("none.json")).Value!.Results);
        Directory.CreateDirectory(folder.File("folder.json"));
        Assert.Empty(files.Read(folder.File("folder.json")).Value!.Results);
        Assert.Equal("MSLIM3005", Assert.Single(files.Update(folder.File("folder.json"), file => file.With("a", Result("a")), Token).Diagnostics).Code);
        var damaged = folder.Write("damaged.json", "{");
        Assert.Equal("MSLIM3001", Assert.Single(files.Update(damaged, file => file.With("a", Result("a")), Token).Diagnostics).Code);
        Assert.Equal("{", File.ReadAllText(damaged));
    }

    [Fact]
    public void What_changes_nothing_leaves_the_file_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.json");
        Assert.True(files.Update(path, file => file.With("a", Result("a")), Token).Succeeded);
        var then = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, then);

        Assert.True(files.Update(path, file => file.With("a", Result("a")), Token).Succeeded);
        Assert.Equal(then, File.GetLastWriteTimeUtc(path));

        Assert.True(files.Update(path, file => file.With("a", Result("b")), Token).Succeeded);
        Assert.NotEqual(then, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public void Where_nobody_can_take_turns_it_is_changed_all_the_same()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.json");
        var turns = Path.Combine(Path.GetTempPath(), $"modelslim-{ContentDigest.Of(System.Text.Encoding.UTF8.GetBytes(path)).Sha256[..32]}.turn");
        Assert.True(files.Update(path, file => file.With("a", Result("a")), Token).Succeeded);
        File.Delete(turns);
        Directory.CreateDirectory(turns);

        var changed = files.Update(path, file => file.With("b", Result("b")), Token);

        Directory.Delete(turns);
        Assert.True(changed.Succeeded, string.Join('\n', changed.Diagnostics));
        Assert.Equal(["a", "b"], files.Read(path).Value!.Results.Keys);
    }

    [Fact]
    public async Task Of_those_who_change_it_at_once_none_is_lost()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("x.json");

        await Task.WhenAll(Enumerable.Range(0, 24).Select(number =>
            Task.Run(() => Assert.True(new LockFileStore().Update(path, file => file.With($"{number}.onnx", Result($"{number}")), Token).Succeeded), Token)));

        Assert.Equal(24, files.Read(path).Value!.Results.Count);
        Assert.Equal([path], Directory.GetFiles(folder.FullName));
    }

    [Fact]
    public void Models_are_named_from_the_folder_of_the_lock_file()
    {
        using var folder = new TemporaryFolder();
        var (path, model) = (folder.File("project", "x.json"), folder.File("models", "a b.onnx"));

        var name = LockFile.NameOf(path, model);

        Assert.Equal("../models/a b.onnx", name);
        Assert.Equal(model, LockFile.ModelOf(path, name));
    }

    [Fact]
    public void Whose_turn_it_is_concerns_this_user_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("modelslim.lock.json");
        var others = Turns();

        Assert.True(files.Update(path, file => file.With("a", Result("a")), Token).Succeeded);

        var made = Turns().Except(others);
        Assert.NotEmpty(made);
        foreach (var turn in made)
        {
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(turn) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        static string[] Turns() => Directory.GetFiles(Path.GetTempPath(), "modelslim-*.turn");
    }

    private static LockedResult Result(string epochs, bool kept = false) => new(
        new Fingerprint([new("model", "m"), new("epochs", epochs)]),
        [new StoredOutput("model.onnx", new ContentDigest(Digits, 7)), new StoredOutput("model.onnx.data", new ContentDigest(Digits, 8))],
        kept);
}

using System.Collections.Immutable;
using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Tests.Runtime;

public sealed class VersionNeedRelaxationTests
{
    private const string Standard = "libstdc++.so.6";
    private readonly byte[] library = TestLibraries.TorchSharpForLinux();

    [Fact]
    public void Changes_nothing_where_nothing_is_missing()
    {
        var relaxed = new VersionNeedRelaxation().Relax(library, Standard, Needed());
        Assert.True(relaxed.Bytes.Span.SequenceEqual(library));
        Assert.Empty(relaxed.Relaxed);
        Assert.Empty(relaxed.Unmet);
    }

    [Fact]
    public void Makes_one_unused_version_weak_by_one_byte()
    {
        var relaxed = new VersionNeedRelaxation().Relax(library, Standard, Needed().Remove("GLIBCXX_3.4.32"));

        Assert.Equal(["GLIBCXX_3.4.32"], relaxed.Relaxed);
        Assert.Empty(relaxed.Unmet);
        var changed = Enumerable.Range(0, library.Length).Where(i => relaxed.Bytes.Span[i] != library[i]).ToList();
        var place = Assert.Single(changed);
        Assert.Equal((0, 2), (library[place], relaxed.Bytes.Span[place]));
        Assert.Single(new ElfImage(relaxed.Bytes).Needs, need => need.IsWeak);
    }

    [Fact]
    public void Leaves_a_library_alone_that_was_mended_already()
    {
        var provided = Needed().Remove("GLIBCXX_3.4.32");
        var once = new VersionNeedRelaxation().Relax(library, Standard, provided);
        var twice = new VersionNeedRelaxation().Relax(once.Bytes, Standard, provided);
        Assert.Empty(twice.Relaxed);
        Assert.Empty(twice.Unmet);
        Assert.True(twice.Bytes.Span.SequenceEqual(once.Bytes.Span));
    }

    [Fact]
    public void Never_relaxes_a_version_that_a_relocation_uses()
    {
        var relaxed = new VersionNeedRelaxation().Relax(
            library, Standard, Needed().Remove("GLIBCXX_3.4.32").Remove("GLIBCXX_3.4.30"));
        Assert.Equal(["GLIBCXX_3.4.32"], relaxed.Relaxed);
        Assert.Equal(["GLIBCXX_3.4.30"], relaxed.Unmet);
    }

    private ImmutableHashSet<string> Needed() =>
        [.. new ElfImage(library).Needs.Where(need => need.Library == Standard).Select(need => need.Version)];
}

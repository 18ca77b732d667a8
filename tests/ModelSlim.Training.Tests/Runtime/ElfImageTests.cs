using ModelSlim.Training.Runtime;

namespace ModelSlim.Training.Tests.Runtime;

public sealed class ElfImageTests
{
    [Fact]
    public void Reads_what_TorchSharp_wants_of_the_standard_library()
    {
        var image = new ElfImage(TestLibraries.TorchSharpForLinux());

        var newest = Assert.Single(image.Needs, need => need.Version == "GLIBCXX_3.4.32");
        Assert.Equal("libstdc++.so.6", newest.Library);
        Assert.False(newest.IsWeak);
        Assert.False(image.Uses(newest));
        var used = Assert.Single(image.Needs, need => need.Version == "GLIBCXX_3.4.30");
        Assert.True(image.Uses(used));
        Assert.Contains(image.Needs, need => need is { Library: "libc.so.6", Version: "GLIBC_2.34" });
    }

    [Fact]
    public void Reads_what_a_library_defines()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no GNU C++ library here.");
        var standard = StandardLibrary.Detect();
        Assert.Contains("GLIBCXX_3.4", standard!.Versions.AsEnumerable());
        Assert.StartsWith("GLIBCXX_3.4.", standard.Highest);
    }

    [Fact]
    public void Refuses_what_is_no_library()
    {
        Assert.Throws<InvalidDataException>(() => new ElfImage("MZ, not ELF"u8.ToArray()));
        Assert.Throws<InvalidDataException>(() => new ElfImage(new byte[100]));
    }

    [Fact]
    public void Damaged_libraries_never_end_in_another_exception()
    {
        var library = TestLibraries.TorchSharpForLinux();
        foreach (var length in new[] { 64, 500, 0x1000, 0x3f8f0, 0x40000, library.Length / 2 })
        {
            Assert.Throws<InvalidDataException>(() => new ElfImage(library.AsMemory(0, length)));
        }

        var random = new Core.Data.SplitMix(7);
        for (var round = 0; round < 300; round++)
        {
            // The headers, the dynamic section and the version tables.
            var damaged = (byte[])library.Clone();
            for (var i = 0; i < 4; i++)
            {
                var region = new[] { (0, 0x300), (0x1d4b18, 0x230), (0x3f8f0, 0x210) }[random.NextInt(3)];
                damaged[region.Item1 + random.NextInt(region.Item2)] = (byte)random.NextInt(256);
            }

            try
            {
                _ = new ElfImage(damaged);
            }
            catch (InvalidDataException)
            {
                // What a damaged library is meant to end in.
            }
        }
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Testing;
using ModelSlim.Training.Data;

namespace ModelSlim.Training.Tests.Data;

public sealed class SampleSetReaderTests : IDisposable
{
    private static readonly SourceSpan Place = new("prune.yaml", 7, 12);
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_idx_plain_and_packed(bool packed)
    {
        var pixels = DataFolder.Idx(8, [3, 2, 2], [0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6]);
        var labels = DataFolder.Idx(8, [3], [7, 0, 9]);
        var paths = packed
            ? new[] { folder.Gzip("x.gz", pixels), folder.Gzip("y.gz", labels) }
            : [folder.Write("x", pixels), folder.Write("y", labels)];
        using var set = Open(DataKind.Idx, paths, [1, 2, 2], new PreprocessSpec { Scale = 1 / 255.0, Mean = [0.5], Std = [0.25] });

        var batch = set.Read([1, 0, 1]);

        Assert.Equal(3, set.Count);
        Assert.True(set.HasLabels);
        Assert.Equal([1, 2, 2], set.Shapes.Single());
        Assert.Equal([0, 7, 0], batch.Labels);
        float[] second = [.. new[] { 204, 255, 1, 2 }.Select(Value)];
        Assert.Equal([.. second, .. new[] { 0, 51, 102, 153 }.Select(Value), .. second], batch.Inputs.Single());
        static float Value(int pixel) => (float)(((pixel / 255.0) - 0.5) / 0.25);
    }

    [Theory]
    [InlineData(0x08, new byte[] { 200 }, 200f)]
    [InlineData(0x09, new byte[] { 0xFF }, -1f)]
    [InlineData(0x0B, new byte[] { 0x01, 0x02 }, 258f)]
    [InlineData(0x0C, new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, -2f)]
    [InlineData(0x0D, new byte[] { 0x3F, 0xC0, 0, 0 }, 1.5f)]
    [InlineData(0x0E, new byte[] { 0xBF, 0xF8, 0, 0, 0, 0, 0, 0 }, -1.5f)]
    public void Reads_every_element_type_of_idx(byte type, byte[] element, float expected)
    {
        using var set = Open(DataKind.Idx, [folder.Write("x", DataFolder.Idx(type, [1, 1], element))], [1]);
        Assert.Equal([expected], set.Read([0]).Inputs.Single());
    }

    [Theory]
    [InlineData("<f2", new byte[] { 0x00, 0x3E }, 1.5f)]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0x3F }, 1.5f)]
    [InlineData(">f4", new byte[] { 0x3F, 0xC0, 0, 0 }, 1.5f)]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5f)]
    [InlineData("|u1", new byte[] { 200 }, 200f)]
    [InlineData("|i1", new byte[] { 0xFF }, -1f)]
    [InlineData("<i2", new byte[] { 0x02, 0x01 }, 258f)]
    [InlineData("<i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2f)]
    [InlineData("<i8", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2f)]
    [InlineData("|b1", new byte[] { 1 }, 1f)]
    public void Reads_every_element_type_of_npy(string descr, byte[] element, float expected)
    {
        using var set = Open(DataKind.Npy, [folder.Write("x.npy", DataFiles.Npy(descr, "1, 1", element))], [1]);
        Assert.Equal([expected], set.Read([0]).Inputs.Single());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reads_every_version_of_npy_with_labels(int version)
    {
        var x = folder.Write("x.npy", DataFiles.Npy("|u1", "2, 1, 1, 2", [1, 2, 3, 4], version));
        var y = folder.Write("y.npy", DataFiles.Npy("<i8", "2,", [5, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0], version));
        using var set = Open(DataKind.Npy, [x, y], [1, 1, 2]);
        var batch = set.Read([1]);
        Assert.Equal([3f, 4f], batch.Inputs.Single());
        Assert.Equal([6], batch.Labels);
    }

    [Fact]
    public void Turns_channels_last_into_channels_first_and_back()
    {
        byte[] last = [1, 10, 100, 2, 20, 200]; // [1, 1, 2, 3]
        byte[] first = [1, 2, 10, 20, 100, 200]; // [1, 3, 1, 2]
        var lastFile = folder.Write("last", DataFolder.Idx(8, [1, 1, 2, 3], last));
        var firstFile = folder.Write("first", DataFolder.Idx(8, [1, 3, 1, 2], first));
        var nhwc = new PreprocessSpec { Layout = ImageLayout.Nhwc };

        foreach (var file in new[] { lastFile, firstFile })
        {
            using var set = Open(DataKind.Idx, [file], [3, 1, 2]);
            Assert.Equal([1, 2, 10, 20, 100, 200], set.Read([0]).Inputs.Single());
            using var other = Open(DataKind.Idx, [file], [1, 2, 3], nhwc);
            Assert.Equal([1, 10, 100, 2, 20, 200], other.Read([0]).Inputs.Single());
        }
    }

    [Fact]
    public void Applies_mean_and_std_in_the_colour_order_of_the_model()
    {
        var file = folder.Write("x", DataFolder.Idx(8, [1, 3, 1, 1], [10, 20, 30]));
        var spec = new PreprocessSpec { Color = ColorOrder.Bgr, Mean = [1, 2, 3], Std = [1, 2, 4] };
        using var set = Open(DataKind.Idx, [file], [3, 1, 1], spec);
        Assert.Equal([29f, 9f, 1.75f], set.Read([0]).Inputs.Single());
    }

    [Fact]
    public void Resizes_arrays_only_when_asked()
    {
        var file = folder.Write("x", DataFolder.Idx(8, [1, 2, 4], [0, 4, 8, 12, 0, 4, 8, 12]));
        var refused = Fails(DataKind.Idx, [file], [1, 1, 2], new PreprocessSpec());
        Assert.Equal(DiagnosticCodes.SampleShapeDiffers, refused.Descriptor);
        Assert.Contains("[2, 4]", refused.Message);

        using var set = Open(DataKind.Idx, [file], [1, 1, 2], new PreprocessSpec { Resize = [1, 2] });
        // Triangle of width 4 over 4 pixels, cut at the border: (0*0.75 + 4*0.75 + 8*0.25) / 1.75.
        var left = ((4 * 0.75f) + (8 * 0.25f)) / 1.75f;
        Assert.Equal([left, 12 - left], set.Read([0]).Inputs.Single().Select(value => value), Near);
    }

    [Fact]
    public void Flattens_for_a_flat_input()
    {
        using var set = Open(DataKind.Idx, [folder.Write("x", DataFolder.Idx(8, [1, 2, 2], [1, 2, 3, 4]))], [4]);
        Assert.Equal([1f, 2, 3, 4], set.Read([0]).Inputs.Single());
    }

    [Fact]
    public void Reads_no_more_than_the_limit_but_checks_all_labels()
    {
        var x = folder.Gzip("x.gz", DataFolder.Idx(8, [3, 1], [1, 2, 3]));
        var y = folder.Gzip("y.gz", DataFolder.Idx(8, [3], [4, 5, 6]));
        var wrong = folder.Gzip("z.gz", DataFolder.Idx(8, [2], [4, 5]));
        using var set = Open(DataKind.Idx, [x, y], [1], limit: 2);
        Assert.Equal(2, set.Count);
        Assert.Equal([5], set.Read([1]).Labels);
        Assert.Equal(DiagnosticCodes.LabelCountDiffers, Fails(DataKind.Idx, [x, wrong], [1], new(), limit: 2).Descriptor);
    }

    [Fact]
    public void Reads_the_same_from_many_threads()
    {
        var elements = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        using var set = Open(DataKind.Idx, [folder.Write("x", DataFolder.Idx(8, [256, 1], elements))], [1]);
        Parallel.For(0, 2000, i => Assert.Equal([i % 256], set.Read([i % 256]).Inputs.Single()));
    }

    [Fact]
    public void Reads_class_folders_in_ordinal_order_with_classes_in_turn()
    {
        foreach (var (name, red) in new[] { ("c/2.png", 4), ("c/10.png", 3), ("a/z.png", 1), ("B/x.png", 5), ("a/y.PNG", 0) })
        {
            folder.Picture(name, 2, 3, (_, _) => ((byte)(red * 10), 0, 0));
        }

        folder.Write("a/notes.txt", [1]);
        Directory.CreateDirectory(folder.Of(".hidden/x"));
        using var set = Open(DataKind.Images, [folder.Path], [3, 2, 3]);
        var batch = set.Read([.. Enumerable.Range(0, set.Count)]);

        // Ordinal: B, a, c; in c 10 before 2; in turn.
        Assert.Equal([0, 1, 2, 1, 2], batch.Labels);
        Assert.Equal([50f, 0, 30, 10, 40], Enumerable.Range(0, 5).Select(i => batch.Inputs.Single()[i * 18]));
        using var limited = Open(DataKind.Images, [folder.Path], [3, 2, 3], limit: 3);
        Assert.Equal([0, 1, 2], limited.Read([0, 1, 2]).Labels);
    }

    [Fact]
    public void Class_folders_named_by_whole_numbers_are_those_classes()
    {
        foreach (var name in new[] { "10/x.png", "2/x.png", "0/x.png" })
        {
            folder.Picture(name, 2, 2, (_, _) => default);
        }

        using var set = Open(DataKind.Images, [folder.Path], [3, 2, 2]);
        Assert.Equal([0, 2, 10], set.Read([0, 1, 2]).Labels.Order());
    }

    [Fact]
    public void Classes_are_numbered_as_those_of_the_training_samples()
    {
        foreach (var name in new[] { "train/cat/x.png", "train/dog/x.png", "train/fox/x.png", "eval/cat/x.png", "eval/fox/x.png" })
        {
            folder.Picture(name, 2, 2, (_, _) => default);
        }

        using var train = Open(DataKind.Images, [folder.Of("train")], [3, 2, 2]);
        using var eval = new SampleSetReader().Open(Source(DataKind.Images, [folder.Of("eval")], null), new(), Inputs([3, 2, 2]), train.Classes).Value!;
        Assert.Equal([0, 2], eval.Read([0, 1]).Labels);

        folder.Picture("eval/wolf/x.png", 2, 2, (_, _) => default);
        var refused = new SampleSetReader().Open(Source(DataKind.Images, [folder.Of("eval")], null), new(), Inputs([3, 2, 2]), train.Classes);
        Assert.Equal("MSLIM6103", Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("'wolf'", refused.Diagnostics[0].Message);
    }

    [Theory]
    [InlineData("x.png", 0)]
    [InlineData("x.jpg", 2)]
    [InlineData("x.webp", 4)]
    public void Decodes_a_flat_folder_without_labels(string name, float tolerance)
    {
        folder.Picture(name, 8, 8, (_, _) => (200, 100, 50));
        using var set = Open(DataKind.Images, [folder.Path], [8, 8, 3], new PreprocessSpec { Layout = ImageLayout.Nhwc });
        var batch = set.Read([0]);
        Assert.False(set.HasLabels);
        Assert.Empty(batch.Labels);
        Assert.Equal([200f, 100, 50], batch.Inputs.Single()[..3], (a, b) => Math.Abs(a - b) <= tolerance);
    }

    [Fact]
    public void Decodes_bmp()
    {
        // 2 x 1 pixels of 24 bits, blue first, rows padded to 4 bytes.
        byte[] bmp =
        [
            (byte)'B', (byte)'M', 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0,
            40, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            1, 2, 3, 4, 5, 6, 0, 0,
        ];
        folder.Write("x.bmp", bmp);
        using var set = Open(DataKind.Images, [folder.Path], [3, 1, 2]);
        Assert.Equal([3f, 6, 2, 5, 1, 4], set.Read([0]).Inputs.Single());
    }

    [Fact]
    public void Makes_luma_for_one_channel_and_resizes_pictures()
    {
        folder.Picture("x.png", 4, 4, (_, x) => x < 2 ? ((byte)255, (byte)0, (byte)0) : ((byte)255, (byte)0, (byte)0));
        using var set = Open(DataKind.Images, [folder.Path], [1, 2, 2]);
        Assert.Equal([76f, 76, 76, 76], set.Read([0]).Inputs.Single(), Near);
    }

    [Fact]
    public void Enlarging_interpolates_between_pixel_centres()
    {
        folder.Picture("x.png", 1, 2, (_, x) => ((byte)(x * 100), 0, 0));
        using var set = Open(DataKind.Images, [folder.Path], [3, 1, 4]);
        Assert.Equal([0f, 25, 75, 100], set.Read([0]).Inputs.Single()[..4], Near);
    }

    [Fact]
    public void Decodes_the_same_on_any_number_of_threads_and_when_read_again()
    {
        for (var i = 0; i < 24; i++)
        {
            folder.Picture($"{i}.jpg", 9 + i, 31 - i, (y, x) => ((byte)(x * y * (i + 1)), (byte)(x ^ y), (byte)(7 * i)));
        }

        int[] places = [.. Enumerable.Range(0, 24).Concat(Enumerable.Range(0, 24).Reverse())];
        var source = Source(DataKind.Images, [folder.Path], null);
        using var alone = new SampleSetReader(1).Open(source, new(), Inputs([3, 8, 8])).Value!;
        using var together = new SampleSetReader(8).Open(source, new(), Inputs([3, 8, 8])).Value!;
        var expected = alone.Read(places).Inputs.Single();

        Assert.Equal(expected, together.Read(places).Inputs.Single());
        Assert.Equal(expected, together.Read(places).Inputs.Single());
        Assert.True(expected.Distinct().Count() > 100);
    }

    [Fact]
    public void Of_several_damaged_pictures_the_first_one_asked_for_is_named()
    {
        for (var i = 0; i < 16; i++)
        {
            var bytes = File.ReadAllBytes(folder.Picture($"{i:d2}.png", 64, 64, (y, x) => ((byte)(x * y), (byte)(x ^ y), (byte)i)));
            folder.Write($"{i:d2}.png", i >= 5 ? bytes.AsSpan(0, bytes.Length / 2) : bytes);
        }

        using var set = new SampleSetReader(8).Open(Source(DataKind.Images, [folder.Path], null), new(), Inputs([3, 64, 64])).Value!;
        var failure = Assert.Throws<UnreadableSampleException>(() => set.Read([0, 9, 5, 15]));
        Assert.Contains("09.png", failure.Message);
    }

    [Theory]
    [InlineData(DataKind.Idx)]
    [InlineData(DataKind.Npy)]
    [InlineData(DataKind.Images)]
    public void Formats_that_fill_one_input_are_refused_for_models_with_several(DataKind kind)
    {
        ImmutableArray<SampleInput> two = [new("a", ElementType.Float, [1]), new("b", ElementType.Float, [1])];
        var refused = new SampleSetReader().Open(Source(kind, [folder.Path], null), new(), two);
        Assert.Equal("MSLIM6014", Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("'a', 'b'", refused.Diagnostics[0].Message);
    }

    [Fact]
    public void Pictures_for_an_integer_input_are_rounded()
    {
        folder.Picture("x.png", 1, 2, (_, x) => ((byte)(x * 255), 0, 0));
        using var set = new SampleSetReader().Open(
            Source(DataKind.Images, [folder.Path], null), new(), [new SampleInput("x", ElementType.UInt8, [3, 1, 4])]).Value!;
        Assert.Equal([0f, 64, 191, 255], set.Read([0]).Inputs.Single()[..4]);
    }

    [Fact]
    public void A_picture_that_is_cut_short_is_named_when_it_is_read()
    {
        var file = folder.Picture("x.png", 64, 64, (y, x) => ((byte)(x * y), (byte)(x ^ y), (byte)(x * 7)));
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
        using var set = Open(DataKind.Images, [folder.Path], [3, 64, 64]);
        var failure = Assert.Throws<UnreadableSampleException>(() => set.Read([0]));
        Assert.Equal(DiagnosticCodes.SampleUnreadable, failure.Diagnostic.Descriptor);
        Assert.Contains(file, failure.Diagnostic.Message);
        Assert.Equal(Place, failure.Diagnostic.Location);
    }

    public static TheoryData<string, string, string[], int[], PreprocessSpec> Wrong() => new()
    {
        { "MSLIM6001", "does not exist", ["none"], [1], new() },
        { "MSLIM6001", "is a folder", ["folder"], [1], new() },
        { "MSLIM6002", "begins with two zero bytes", ["text"], [1], new() },
        { "MSLIM6002", "0x07 is not an element type", ["type"], [1], new() },
        { "MSLIM6002", "git lfs pull", ["lfs"], [1], new() },
        { "MSLIM6009", "labels are one integer", ["good", "floats"], [1], new() },
        { "MSLIM6003", "ends too early", ["half-header"], [1], new() },
        { "MSLIM6003", "has 17 bytes, but its header declares [2, 1, 2]", ["short"], [1, 1, 2], new() },
        { "MSLIM6003", "header declares", ["long"], [1], new() },
        { "MSLIM6003", "too few for", ["bomb.gz"], [1], new() },
        { "MSLIM6003", "ends too early", ["short.gz"], [1], new() },
        { "MSLIM6003", "damaged gzip", ["crc.gz"], [1], new() },
        { "MSLIM6003", "more bytes than", ["long.gz"], [1], new() },
        { "MSLIM6004", "holds 2 samples", ["good", "good-labels-3"], [1], new() },
        { "MSLIM6005", "[2, 1]", ["wide"], [3, 1, 2], new() },
        { "MSLIM6006", "is empty", ["empty"], [1], new() },
        { "MSLIM6006", "holds no samples", ["no-rows"], [1], new() },
        { "MSLIM6008", "too large", ["huge"], [1], new() },
        { "MSLIM6009", "-1", ["good", "negative"], [1], new() },
        { "MSLIM6010", "mean has 2 values", ["good"], [1], new() { Mean = [1, 2] } },
        { "MSLIM6010", "contains 0", ["good"], [1], new() { Std = [0] } },
        { "MSLIM6010", "gray", ["good"], [3, 1, 1], new() { Color = ColorOrder.Gray } },
        { "MSLIM6010", "resize is [2, 2]", ["good"], [1, 4, 4], new() { Resize = [2, 2] } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Says_what_is_wrong_and_where(
        string code, string text, string[] files, int[] shape, PreprocessSpec preprocess)
    {
        Directory.CreateDirectory(folder.Of("folder/x"));
        folder.Write("text", "hello, this is not IDX"u8);
        folder.Write("type", DataFolder.Idx(7, [1], [1]));
        folder.Write("lfs", "version https://git-lfs.github.com/spec/v1\n"u8);
        folder.Write("half-header", [0, 0, 8, 3, 0, 0]);
        folder.Write("good", DataFolder.Idx(8, [2, 1], [1, 2]));
        folder.Write("good-labels-3", DataFolder.Idx(8, [3], [1, 2, 3]));
        folder.Write("floats", DataFolder.Idx(0x0D, [2], [0, 0, 0, 0, 0, 0, 0, 0]));
        folder.Write("negative", DataFolder.Idx(9, [2], [0, 0xFF]));
        folder.Write("short", DataFolder.Idx(8, [2, 1, 2], [1]));
        folder.Write("long", DataFolder.Idx(8, [1, 1], [1, 2]));
        folder.Write("wide", DataFolder.Idx(8, [1, 2, 1], [1, 2]));
        folder.Write("empty", []);
        folder.Write("no-rows", DataFolder.Idx(8, [0, 1], []));
        folder.Write("huge", DataFolder.Idx(8, [1, int.MaxValue, int.MaxValue, int.MaxValue], []));
        folder.Gzip("bomb.gz", DataFolder.Idx(8, [1 << 20, 1 << 10], []));
        folder.Gzip("short.gz", DataFolder.Idx(8, [9, 1], [1]));
        folder.Gzip("long.gz", DataFolder.Idx(8, [1, 1], [1, 2]));
        var crc = File.ReadAllBytes(folder.Gzip("crc.gz", DataFolder.Idx(8, [1, 1], [1])));
        crc[^8] ^= 1;
        folder.Write("crc.gz", crc);

        var section = Place with { Line = Place.Line + 7 };

        var diagnostic = Fails(DataKind.Idx, [.. files.Select(folder.Of)], [.. shape], preprocess with { Location = section });

        Assert.Equal(code, diagnostic.Code);
        Assert.Contains(text, diagnostic.Message);
        Assert.Equal(code == "MSLIM6010" ? section : Place, diagnostic.Location);
    }

    [Theory]
    [InlineData("<f4", "2, 1", true, "Fortran")]
    [InlineData("<c8", "2, 1", false, "c8")]
    [InlineData("<f4", "", false, "0 axes")]
    [InlineData("<f4", "2, 99999999999", false, "99999999999")]
    public void Refuses_npy_that_it_does_not_read(string descr, string shape, bool fortran, string text)
    {
        var file = folder.Write("x.npy", DataFiles.Npy(descr, shape, new byte[8], fortran: fortran));
        var diagnostic = Fails(DataKind.Npy, [file], [1], new());
        Assert.Equal(DiagnosticCodes.DataMalformed, diagnostic.Descriptor);
        Assert.Contains(text, diagnostic.Message);
    }

    [Fact]
    public void Refuses_folders_that_cannot_be_meant()
    {
        Assert.Equal("MSLIM6001", Fails(DataKind.Images, [folder.Of("none")], [3, 2, 2], new()).Code);
        Assert.Equal("MSLIM6006", Fails(DataKind.Images, [folder.Path], [3, 2, 2], new()).Code);

        folder.Picture("a/x.png", 2, 2, (_, _) => default);
        Assert.Equal("MSLIM6005", Fails(DataKind.Images, [folder.Path], [4, 2, 2], new()).Code);
        Assert.Equal("MSLIM6005", Fails(DataKind.Images, [folder.Path], [12], new()).Code);

        Directory.CreateDirectory(folder.Of("b/x"));
        var warned = new SampleSetReader().Open(Source(DataKind.Images, [folder.Path], null), new(), Inputs([3, 2, 2]));
        using (warned.Value)
        {
            Assert.Equal([DiagnosticCodes.ClassFolderEmpty], warned.Diagnostics.Select(diagnostic => diagnostic.Descriptor));
        }

        folder.Picture("loose.png", 2, 2, (_, _) => default);
        Assert.Equal("MSLIM6011", Fails(DataKind.Images, [folder.Path], [3, 2, 2], new()).Code);
    }

    // Detectors are exported so, and three planes of grey are none of their pictures.
    [Theory]
    [InlineData(3, ColorOrder.Rgb, false)]
    [InlineData(3, ColorOrder.Gray, true)]
    [InlineData(4, ColorOrder.Rgb, true)]
    [InlineData(null, ColorOrder.Rgb, true)]
    public void A_picture_in_colour_without_a_batch_axis_is_no_batch_of_three(int? batch, ColorOrder color, bool opens)
    {
        folder.Picture("x.png", 2, 2, (_, _) => default);
        var read = new SampleSetReader().Open(
            Source(DataKind.Images, [folder.Path], null), new PreprocessSpec { Color = color }, [Inputs([2, 2])[0] with { Batch = batch }]);

        using var set = read.Value;
        Assert.Equal(opens, read.Succeeded);
        if (!opens)
        {
            Assert.Equal("MSLIM6005", Assert.Single(read.Diagnostics).Code);
        }
    }

    [Fact]
    public void Refuses_pictures_that_cannot_be_decoded()
    {
        folder.Write("x.png", "not a picture"u8);
        Assert.Equal("MSLIM6007", Fails(DataKind.Images, [folder.Path], [3, 2, 2], new()).Code);

        // A PNG whose header declares 65,535 x 65,535 pixels, with the right checksum of that header.
        var bytes = File.ReadAllBytes(folder.Picture("x.png", 1, 1, (_, _) => default));
        (bytes[18], bytes[19], bytes[22], bytes[23]) = (0xFF, 0xFF, 0xFF, 0xFF);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(29), Crc32(bytes.AsSpan(12, 17)));
        folder.Write("x.png", bytes);
        var bomb = Fails(DataKind.Images, [folder.Path], [3, 2, 2], new());
        Assert.Equal("MSLIM6007", bomb.Code);
        Assert.Contains("65535 x 65535", bomb.Message);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320);
            }
        }

        return ~crc;
    }

    private static bool Near(float left, float right) => Math.Abs(left - right) < 1e-4;

    private static ImmutableArray<SampleInput> Inputs(ImmutableArray<int> shape) => [new SampleInput("x", ElementType.Float, shape)];

    private static DataSource Source(DataKind kind, string[] paths, int? limit) => new(kind, [.. paths], limit, Place);

    private static SampleSet Open(
        DataKind kind, string[] paths, ImmutableArray<int> shape, PreprocessSpec? preprocess = null, int? limit = null)
    {
        var result = new SampleSetReader().Open(Source(kind, paths, limit), preprocess ?? new(), Inputs(shape));
        Assert.Empty(result.Diagnostics);
        return result.Value!;
    }

    private static Diagnostic Fails(
        DataKind kind, string[] paths, ImmutableArray<int> shape, PreprocessSpec preprocess, int? limit = null)
    {
        var result = new SampleSetReader().Open(Source(kind, paths, limit), preprocess, Inputs(shape));
        Assert.False(result.Succeeded);
        return Assert.Single(result.Diagnostics);
    }
}

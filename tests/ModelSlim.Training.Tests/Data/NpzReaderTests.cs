using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Data;
using static ModelSlim.Testing.DataFiles;
using static ModelSlim.Training.Tests.Data.SampleReading;

namespace ModelSlim.Training.Tests.Data;

public sealed class NpzReaderTests : IDisposable
{
    private readonly DataFolder folder = new();
    private readonly byte[] ids = Npy("<i8", "2, 3", Bytes(1L, 2, 3, 4, 5, 6));
    private readonly byte[] vectors = Npy("<f4", "2, 2", Bytes(0.5f, 1.5f, 2.5f, 3.5f));
    private readonly byte[] labels = Npy("<i8", "2,", Bytes(1L, 0));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrays_fill_the_inputs_of_their_names(bool packed)
    {
        using var set = Open(Archive(packed, ("x", vectors), ("labels", labels), ("ids", ids), ("other", [1, 2])), Two);
        var batch = set.Read([1, 0, 1]);

        Assert.Equal(2, set.Count);
        Assert.Equal([4f, 5, 6, 1, 2, 3, 4, 5, 6], batch.Inputs[0]);
        Assert.Equal([2.5f, 3.5f, 0.5f, 1.5f, 2.5f, 3.5f], batch.Inputs[1]);
        Assert.Equal([0, 1, 0], batch.Labels);
    }

    [Fact]
    public void A_single_input_takes_the_only_array_whatever_its_name()
    {
        using var set = Open(Archive(false, ("arr_0", vectors)), Vector(2));
        Assert.False(set.HasLabels);
        Assert.Equal([2.5f, 3.5f], set.Read([1]).Inputs.Single());
    }

    [Fact]
    public void Labels_may_have_any_name_and_an_input_may_be_called_labels()
    {
        using var named = Open(Archive(true, ("x", vectors), ("y", labels)) with { Labels = "y" }, Vector(2));
        Assert.Equal([1, 0], named.Read([0, 1]).Labels);
        using var input = Open(Archive(true, ("labels", vectors)), new SampleInput("labels", ElementType.Float, [2]));
        Assert.False(input.HasLabels);
    }

    [Fact]
    public void Large_arrays_are_read_in_place_or_unpacked_to_a_file_and_hardly_held()
    {
        const int Rows = 20_000;
        var values = new float[Rows * 1000];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i % 8191;
        }

        foreach (var packed in new[] { false, true })
        {
            var source = Archive(packed, ("x", Npy("<f4", $"{Rows}, 1000", Bytes(values))));
            using var set = Open(source, Vector(1000));
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var row in new[] { Rows - 1, 0, 12345 })
            {
                Assert.Equal(values[(row * 1000)..((row + 1) * 1000)], set.Read([row]).Inputs.Single());
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
            Assert.Equal(Rows, set.Count);
        }
    }

    [Fact]
    public void What_is_missing_is_said_with_what_is_there()
    {
        var lacking = Fails(Archive(false, ("tokens", ids), ("x", vectors)), Two);
        Assert.Equal("MSLIM6016", lacking.Code);
        Assert.Contains("'ids'", lacking.Message);
        Assert.Contains("'tokens', 'x'", lacking.Message);
        Assert.Equal("MSLIM6016", Fails(Archive(false, ("ids", ids), ("x", vectors)) with { Labels = "y" }, Two).Code);
        Assert.Equal("MSLIM6016", Fails(Archive(false, ("a", vectors), ("b", vectors)), Vector(2)).Code);
    }

    [Fact]
    public void Numbers_of_samples_and_labels_must_be_the_same()
    {
        var shorter = Npy("<f4", "1, 2", Bytes(0.5f, 1.5f));
        var differs = Fails(Archive(false, ("ids", ids), ("x", shorter)), Two);
        Assert.Equal("MSLIM6004", differs.Code);
        Assert.Contains("array 'x'", differs.Message);
        Assert.Equal("MSLIM6004", Fails(Archive(false, ("ids", ids), ("x", vectors), ("labels", Npy("<i8", "1,", Bytes(1L)))), Two).Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_archive_that_declares_more_than_it_holds_is_refused_before_memory_is_taken(bool packed)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bomb = Fails(Archive(packed, ("x", Npy("<f4", "2000000000, 1000", Bytes(0.5f)))), Vector(1000));
        Assert.Equal(DiagnosticCodes.DataTruncated, bomb.Descriptor);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Theory]
    [InlineData("MSLIM6002", new byte[] { 1, 2, 3, 4 })]
    [InlineData("MSLIM6006", new byte[0])]
    public void What_is_no_archive_is_said(string code, byte[] bytes) =>
        Assert.Equal(code, Fails(new DataSource(DataKind.Npz, [folder.Write("x.npz", bytes)], null, Place), Vector(2)).Code);

    [Theory]
    [InlineData(-1L, "-1")]
    [InlineData(1L << 40, "entry 2")]
    public void Values_out_of_the_range_of_an_input_are_named_when_they_are_read(long value, string said)
    {
        var wrong = Npy("<i8", "2, 3", Bytes(1L, 2, 3, 4, 5, value));
        using var set = Open(
            Archive(false, ("ids", wrong), ("x", vectors)), new SampleInput("ids", ElementType.UInt16, [3]), Vector(2));
        set.Read([0]);
        var failure = Assert.Throws<UnreadableSampleException>(() => set.Read([1]));
        Assert.Contains(said, failure.Message);
        Assert.Contains("array 'ids', sample 1", failure.Message);
        Assert.Contains("'ids' takes UInt16", failure.Message);
    }

    [Fact]
    public void NaN_is_named_when_it_is_read()
    {
        using var set = Open(Archive(true, ("x", Npy("<f4", "1, 2", Bytes(float.NegativeInfinity, float.NaN)))), Vector(2));
        Assert.Contains("NaN at entry 1", Assert.Throws<UnreadableSampleException>(() => set.Read([0])).Message);
    }

    [Fact]
    public void Preprocessing_is_for_the_inputs_of_real_numbers_unless_it_names_others()
    {
        var source = Archive(true, ("ids", ids), ("x", vectors));
        using var real = new SampleSetReader().Open(source, new() { Scale = 2 }, Two).Value!;
        Assert.Equal([1f, 2, 3], real.Read([0]).Inputs[0]);
        Assert.Equal([1f, 3], real.Read([0]).Inputs[1]);
        using var named = new SampleSetReader().Open(source, new() { Scale = 2, Inputs = ["ids"] }, Two).Value!;
        Assert.Equal([2f, 4, 6], named.Read([0]).Inputs[0]);
        Assert.Equal([0.5f, 1.5f], named.Read([0]).Inputs[1]);
        var unknown = new SampleSetReader().Open(source, new() { Inputs = ["z"] }, Two);
        Assert.Equal("MSLIM6010", Assert.Single(unknown.Diagnostics).Code);
    }

    [Fact]
    public void Inputs_that_samples_cannot_hold_are_refused()
    {
        var refused = Fails(Archive(true, ("x", vectors)), new SampleInput("x", ElementType.String, [2]));
        Assert.Equal("MSLIM6017", refused.Code);
    }

    private DataSource Archive(bool packed, params (string Name, byte[] Npy)[] arrays) =>
        new(DataKind.Npz, [folder.Npz("x.npz", packed, arrays)], null, Place);
}

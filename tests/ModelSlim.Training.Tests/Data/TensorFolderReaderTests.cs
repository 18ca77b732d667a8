using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using static ModelSlim.Testing.DataFiles;
using static ModelSlim.Training.Tests.Data.SampleReading;

namespace ModelSlim.Training.Tests.Data;

public sealed class TensorFolderReaderTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Reads_sets_in_the_order_of_their_numbers_with_labels_and_several_samples_in_a_file()
    {
        foreach (var set in new[] { 10, 9, 0 })
        {
            var count = set == 9 ? 2 : 1;
            folder.Tensor($"test_data_set_{set}/input_0.pb", ElementType.Int64, [count, 3], Bytes([.. Enumerable.Range(0, 3 * count).Select(i => (long)(i + set))]));
            folder.Tensor($"test_data_set_{set}/input_1.pb", ElementType.Float, [count, 2], Bytes([.. Enumerable.Range(0, 2 * count).Select(i => i + (set / 100f))]));
            folder.Tensor($"test_data_set_{set}/output_0.pb", ElementType.Float, [1], Bytes(1f));
            folder.Tensor($"test_data_set_{set}/labels.pb", ElementType.Int64, [count], Bytes([.. Enumerable.Repeat((long)set, count)]));
        }

        using var samples = Open(Source(), Two);
        var batch = samples.Read([3, 1, 2, 0]);

        Assert.Equal(4, samples.Count);
        Assert.Equal([10f, 11, 12, 9, 10, 11, 12, 13, 14, 0, 1, 2], batch.Inputs[0]);
        Assert.Equal([0.1f, 1.1f, 0.09f, 1.09f, 2.09f, 3.09f, 0, 1], batch.Inputs[1]);
        Assert.Equal([10, 9, 9, 0], batch.Labels);
        using var limited = Open(Source() with { Limit = 2 }, Two);
        Assert.Equal(2, limited.Count);
    }

    [Fact]
    public void Files_may_have_the_names_of_inputs_and_lie_in_the_folder_itself()
    {
        folder.Tensor("in_0.pb", ElementType.Float16, [2, 2], Bytes((Half)1.5f, (Half)2, (Half)3, (Half)4));
        using var samples = Open(Source(), new SampleInput("in:0", ElementType.Float, [2]));
        Assert.Equal([1.5f, 2, 3, 4], samples.Read([0, 1]).Inputs.Single());
        Assert.False(samples.HasLabels);
    }

    [Fact]
    public void A_file_of_an_input_without_an_axis_of_samples_is_one_sample()
    {
        foreach (var set in new[] { 0, 1, 2 })
        {
            folder.Tensor($"test_data_set_{set}/input_0.pb", ElementType.Float, [2, 2], Bytes(set, set + 1f, set + 2f, set + 3f));
            folder.Tensor($"test_data_set_{set}/input_1.pb", ElementType.Int64, [], Bytes(16L + set));
        }

        using var samples = Open(
            Source(), new SampleInput("x", ElementType.Float, [2, 2]) { IsWhole = true }, new SampleInput("rate", ElementType.Int64, []) { IsWhole = true });
        var batch = samples.Read([2, 0]);

        Assert.Equal(3, samples.Count);
        Assert.Equal([2f, 3, 4, 5, 0, 1, 2, 3], batch.Inputs[0]);
        Assert.Equal([18f, 16], batch.Inputs[1]);
        folder.Tensor("test_data_set_1/input_0.pb", ElementType.Float, [3, 2], new byte[24]);
        Assert.Equal("MSLIM6002", Fails(Source(), new SampleInput("x", ElementType.Float, [2, 2]) { IsWhole = true }).Code);
    }

    [Fact]
    public void Files_of_several_samples_of_such_an_input_have_an_axis_for_them()
    {
        folder.Tensor("input_0.pb", ElementType.Float, [3, 2, 2], Bytes([.. Enumerable.Range(0, 12).Select(i => (float)i)]));
        using var samples = Open(Source(), new SampleInput("x", ElementType.Float, [2, 2]) { IsWhole = true });
        Assert.Equal(3, samples.Count);
        Assert.Equal([4f, 5, 6, 7], samples.Read([1]).Inputs[0]);
    }

    [Fact]
    public void Reads_the_same_from_many_threads_while_files_come_and_go()
    {
        const int Files = 12;
        const int Width = 4 << 20;
        for (var file = 0; file < Files; file++)
        {
            folder.Tensor($"{file}/input_0.pb", ElementType.UInt8, [2, Width], [.. Enumerable.Repeat((byte)file, Width), .. Enumerable.Repeat((byte)(file + 100), Width)]);
        }

        using var samples = Open(Source(), Vector(Width));
        Parallel.For(0, 48, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            var sample = i * 7 % (2 * Files);
            var values = samples.Read([sample]).Inputs.Single();
            Assert.Equal((sample / 2) + (sample % 2 * 100), values[0]);
            Assert.Equal(values[0], values[^1]);
        });
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        folder.Tensor("a/input_0.pb", ElementType.Int64, [1, 3], new byte[24]);
        var missing = Fails(Source(), Two);
        Assert.Equal("MSLIM6016", missing.Code);
        Assert.Contains("input_1.pb", missing.Message);
        Assert.Contains("'x.pb'", missing.Message);
        Assert.Equal("MSLIM6016", Fails(Source() with { Labels = "y" }, Two[..1]).Code);
    }

    [Fact]
    public void Sets_must_be_alike()
    {
        folder.Tensor("0/input_0.pb", ElementType.Float, [1, 2], Bytes(1f, 2));
        folder.Tensor("1/input_0.pb", ElementType.Float, [1, 3], Bytes(1f, 2, 3));
        var unlike = Fails(Source(), Vector(2));
        Assert.Equal("MSLIM6002", unlike.Code);
        Assert.Contains(System.IO.Path.Combine("1", "input_0.pb"), unlike.Message);

        folder.Tensor("1/input_0.pb", ElementType.Float, [1, 2], Bytes(1f, 2));
        folder.Tensor("0/input_1.pb", ElementType.Float, [1, 1], Bytes(1f));
        folder.Tensor("1/input_1.pb", ElementType.Float, [2, 1], Bytes(1f, 2));
        Assert.Equal("MSLIM6004", Fails(Source(), Vector(2), new SampleInput("z", ElementType.Float, [1])).Code);
        Assert.Equal("MSLIM6005", Fails(Source(), Vector(5)).Code);
    }

    [Fact]
    public void A_file_cut_short_is_named_when_it_is_read_and_what_is_no_tensor_when_it_is_opened()
    {
        var file = folder.Tensor("input_0.pb", ElementType.Float, [1, 2], Bytes(1f, 2));
        using (var samples = Open(Source(), Vector(2)))
        {
            folder.Tensor("input_0.pb", ElementType.Float, [1, 2], Bytes(1f));
            var failure = Assert.Throws<UnreadableSampleException>(() => samples.Read([0]));
            Assert.Contains(file, failure.Message);
        }

        folder.Write("input_0.pb", "<html>"u8);
        Assert.Equal("MSLIM6002", Fails(Source(), Vector(2)).Code);
        folder.Tensor("input_0.pb", ElementType.Float, [1 << 30, 1 << 30], Bytes(1f));
        Assert.Equal("MSLIM6002", Fails(Source(), Vector(2)).Code);
        folder.Tensor("input_0.pb", ElementType.Float, [0, 2], []);
        Assert.Equal("MSLIM6006", Fails(Source(), Vector(2)).Code);
    }

    private DataSource Source() => new(DataKind.Tensors, [folder.Path], null, Place);
}

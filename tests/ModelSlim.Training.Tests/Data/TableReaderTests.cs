using System.Text;
using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Core.Tensors;
using ModelSlim.Training.Data;
using static ModelSlim.Training.Tests.Data.SampleReading;

namespace ModelSlim.Training.Tests.Data;

public sealed class TableReaderTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("1,2,0\n3,4,1\n", "2", null)]
    [InlineData("1,2,0\r\n3,4,1", "-1", null)]
    [InlineData("a,b,y\n1,2,0\n3,4,1\n", "y", null)]
    [InlineData("a,b,y\n1,2,0\n\n3,4,1\n\n", "2", null)]
    [InlineData("\uFEFF\"a\";\"b\";\"y\"\n1;2;0\n3;\"4\";1\n", "y", null)]
    [InlineData("0,a,b\n0,1,2\n1,3,4\n", "0", true)]
    [InlineData("y\ta\tb\n0\t 1 \t2\n1\t3\t4e0\n", "y", true)]
    public void Reads_tables_with_labels_in_every_usual_form(string text, string labels, bool? header)
    {
        using var set = Open(Table(text, labels) with { Header = header }, Vector(2));
        var batch = set.Read([1, 0]);

        Assert.Equal(2, set.Count);
        Assert.Equal([3f, 4, 1, 2], batch.Inputs.Single());
        Assert.Equal([1, 0], batch.Labels);
    }

    [Fact]
    public void Reads_packed_tables_without_labels_as_pictures()
    {
        var file = folder.Gzip("x.csv.gz", "1,2,3,4\n5,6,7,8\n"u8.ToArray());
        using var set = Open(new DataSource(DataKind.Csv, [file], 1, Place), new SampleInput("x", ElementType.Float, [1, 2, 2]));

        Assert.False(set.HasLabels);
        Assert.Equal(1, set.Count);
        Assert.Equal([1, 2, 2], set.Shapes.Single());
        Assert.Equal([1f, 2, 3, 4], set.Read([0]).Inputs.Single());
    }

    [Fact]
    public void Labels_that_are_words_are_numbered_as_they_sort_or_as_the_training_samples_are()
    {
        using var train = Open(Table("1,wolf\n2,cat\n3,dog\n4,cat\n", "1"), Vector(1));
        Assert.Equal([2, 0, 1, 0], train.Read([0, 1, 2, 3]).Labels);
        Assert.Equal(["cat", "dog", "wolf"], train.Classes!.Value);

        using var eval = new SampleSetReader().Open(Table("1,wolf\n2,dog\n", "1"), new(), [Vector(1)], train.Classes).Value!;
        Assert.Equal([2, 1], eval.Read([0, 1]).Labels);
        var stranger = new SampleSetReader().Open(Table("1,fox\n", "1"), new(), [Vector(1)], train.Classes);
        Assert.Contains("'fox'", Assert.Single(stranger.Diagnostics).Message);
    }

    [Fact]
    public void Columns_fill_several_inputs_in_order()
    {
        using var set = Open(Table("7,8,9,0.5,1.5,1\n1,2,3,2.5,3.5,0\n", "-1"), Two);
        var batch = set.Read([0, 1]);

        Assert.Equal([7f, 8, 9, 1, 2, 3], batch.Inputs[0]);
        Assert.Equal([0.5f, 1.5f, 2.5f, 3.5f], batch.Inputs[1]);
        Assert.Equal([1, 0], batch.Labels);
    }

    [Fact]
    public void Inputs_of_one_element_take_the_columns_of_their_names()
    {
        using var set = Open(
            Table("id,age,income,y\n1,30,5.5,0\n2,40,6.5,1\n", "y"),
            new SampleInput("income", ElementType.Float, [1]),
            new SampleInput("age", ElementType.Int32, [1]));
        var batch = set.Read([0, 1]);

        Assert.Equal([5.5f, 6.5f], batch.Inputs[0]);
        Assert.Equal([30f, 40f], batch.Inputs[1]);
    }

    [Theory]
    [InlineData("1,2\n3\n", null, "MSLIM6015", "row 2: it has 1 cells, but the first row has 2")]
    [InlineData("1,2\n3,\n", null, "MSLIM6015", "row 2: column 1 is empty")]
    [InlineData("a,b\n3,x\n", null, "MSLIM6015", "row 2: column 'b' has 'x'")]
    [InlineData("1,2\n3,nan\n", null, "MSLIM6015", "row 2: column 1 has 'nan'")]
    [InlineData("1,2\n3,1e99\n", null, "MSLIM6015", "row 2: column 1 has '1e99'")]
    [InlineData("1,2,0\n3,4,\n", "2", "MSLIM6015", "row 2: it has no label")]
    [InlineData("1,2,0\n3,4,-1\n", "2", "MSLIM6009", "label -1")]
    [InlineData("1,2,0\n3,4,cat\n", "2", "MSLIM6009", "'cat' is no whole number")]
    [InlineData("1,2,0\n", null, "MSLIM6005", "if one of them holds labels")]
    [InlineData("1,2,0\n", "7", "MSLIM6016", "no column '7'")]
    [InlineData("a,b,c\n1,2,0\n", "y", "MSLIM6016", "'a', 'b', 'c'")]
    [InlineData("a,b\n", null, "MSLIM6006", "no rows")]
    [InlineData("\n\n", null, "MSLIM6006", "no rows")]
    [InlineData("1,\"2\n", null, "MSLIM6002", "closing quote")]
    public void What_is_wrong_is_said_with_its_row(string text, string? labels, string code, string said)
    {
        var diagnostic = Fails(Table(text, labels), Vector(2));
        Assert.Equal(code, diagnostic.Code);
        Assert.Contains(said, diagnostic.Message);
        Assert.Contains(folder.Of("x.csv"), diagnostic.Message);
    }

    [Fact]
    public void A_row_longer_than_the_bound_is_refused_without_holding_it()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var diagnostic = Fails(new DataSource(DataKind.Csv, [folder.Gzip("x.gz", new byte[60 << 20])], null, Place), Vector(2));

        Assert.Equal("MSLIM6002", diagnostic.Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200 << 20);
    }

    [Fact]
    public void Integers_that_float32_does_not_tell_apart_are_refused()
    {
        using var set = Open(Table("16777215\n16777217\n", null), new SampleInput("ids", ElementType.Int64, [1]));
        Assert.Equal([16777215f], set.Read([0]).Inputs.Single());
        var failure = Assert.Throws<UnreadableSampleException>(() => set.Read([1]));
        Assert.Equal("MSLIM6013", failure.Diagnostic.Code);
        Assert.Contains("sample 1", failure.Message);
    }

    private DataSource Table(string text, string? labels) =>
        new(DataKind.Csv, [folder.Write("x.csv", Encoding.UTF8.GetBytes(text))], null, Place) { Labels = labels };
}

using System.Security.Cryptography;
using ModelSlim.Testing;
using ModelSlim.Training.Checkpoints;

namespace ModelSlim.Training.Tests.Checkpoints;

public sealed class CheckpointFolderTests : IDisposable
{
    private static readonly string Job = new('a', 64);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_latest_is_where_to_go_on()
    {
        Write(1, 2, 3);

        using var found = Open();
        Assert.Equal((3, 10), (found.Latest!.Done, found.Latest.Total));
        found.Latest.Read(reader => Assert.Equal("state 3", reader.Read<string>()));
        Assert.Equal("rows"u8.ToArray(), found.Attached(Assert.Single(found.Latest.Attachments)));
    }

    [Fact]
    public void Only_two_are_kept_and_a_new_one_spares_the_latest()
    {
        Write(1, 2, 3);
        Write(4);
        Assert.Equal(3, Directory.GetFiles(folder.FullName).Length);

        System.IO.File.WriteAllText(File(4), "damaged");
        using var found = Open();
        Assert.Equal(3, found.Latest!.Done);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(100)]
    public void A_file_that_is_not_whole_counts_as_absent(int bytes)
    {
        Write(1, 2);
        var whole = System.IO.File.ReadAllBytes(File(2));
        System.IO.File.WriteAllBytes(File(2), whole[..^Math.Max(1, whole.Length - bytes)]);

        using var found = Open();
        Assert.Equal(1, found.Latest!.Done);
    }

    [Fact]
    public void One_changed_bit_anywhere_is_found()
    {
        Write(1, 2);
        var latest = File(2);
        var whole = System.IO.File.ReadAllBytes(latest);
        for (var place = 0; place < whole.Length; place++)
        {
            var changed = whole.ToArray();
            changed[place] ^= 4;
            System.IO.File.WriteAllBytes(latest, changed);
            using var found = Open();
            Assert.Equal(1, found.Latest!.Done);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    public void A_number_of_attachments_that_cannot_be_counts_as_damage(int attachments)
    {
        Write(1, 2);
        var latest = File(2);
        var whole = System.IO.File.ReadAllBytes(latest);
        BitConverter.TryWriteBytes(whole.AsSpan(8 + 32 + 8), attachments);
        SHA256.HashData(whole.AsSpan(0, whole.Length - 32), whole.AsSpan(whole.Length - 32));
        System.IO.File.WriteAllBytes(latest, whole);

        using var found = Open();
        Assert.Equal(1, found.Latest!.Done);
    }

    [Fact]
    public void A_state_that_says_to_be_longer_than_it_is_takes_no_memory()
    {
        using var checkpoints = Open();
        checkpoints.Save(1, 10, [], writer => writer.Write(2_000_000_000));
        var path = File(1);
        var whole = System.IO.File.ReadAllBytes(path);
        BitConverter.TryWriteBytes(whole.AsSpan(8 + 32 + 12), 2_000_000_000);
        SHA256.HashData(whole.AsSpan(0, whole.Length - 32), whole.AsSpan(whole.Length - 32));
        System.IO.File.WriteAllBytes(path, whole);

        using var found = Open();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidDataException>(() => found.Latest!.Read(reader => reader.ReadSingles()));
        Assert.Throws<InvalidDataException>(() => found.Latest!.Read(reader => reader.Read<int>()));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Nothing_is_left_where_what_belongs_to_it_is_damaged()
    {
        Write(1, 2);
        var rows = Directory.GetFiles(folder.FullName).Single(path => Path.GetFileName(path).Length == 64);
        System.IO.File.WriteAllText(rows, "r0ws");

        using var found = Open();
        Assert.Null(found.Latest);
    }

    [Fact]
    public void Jobs_do_not_see_each_other()
    {
        Write(1);
        using var other = new CheckpointFolder(Place(), new string('b', 64), TimeProvider.System);
        using var near = new CheckpointFolder(Place(), Job[..63] + "b", TimeProvider.System);

        Assert.Null(other.Latest);
        Assert.Null(near.Latest);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_said_once_and_ends_nothing()
    {
        System.IO.File.WriteAllText(folder.File("file"), "");
        using var checkpoints = new CheckpointFolder(new CheckpointPlace(folder.File("file"), TimeSpan.Zero), Job, TimeProvider.System);
        Assert.True(checkpoints.IsDue);

        checkpoints.Save(1, 10, [checkpoints.Attach([1])], writer => writer.Write("state"));

        Assert.Equal("MSLIM3016", checkpoints.Trouble!.Code);
        Assert.False(checkpoints.IsDue);
    }

    [Theory]
    [InlineData("file", false)]
    [InlineData("pictures/new", false)]
    [InlineData("pictures/old", true)]
    public void Nothing_is_left_to_go_on_from_once_the_data_was_written(string name, bool delete)
    {
        using var data = new TemporaryFolder();
        data.Write("file", "samples");
        data.Write("pictures/old", "samples");
        using var checkpoints = new CheckpointFolder(Place(), Job, TimeProvider.System, data.File("file"), data.File("pictures"));
        checkpoints.Save(1, 10, [], writer => writer.Write("state"));
        checkpoints.Save(2, 10, [], writer => writer.Write("state"));
        using (var before = Open())
        {
            Assert.Equal(2, before.Latest!.Done);
        }

        var path = data.Write(name, "other samples");
        if (delete)
        {
            System.IO.File.Delete(path);
        }

        checkpoints.Save(3, 10, [], writer => writer.Write("state"));
        checkpoints.Save(4, 10, [], writer => writer.Write("state"));

        using var found = Open();
        Assert.Null(found.Latest);
        Assert.Contains("the data was written meanwhile", checkpoints.Trouble!.Message);
    }

    private CheckpointPlace Place() => new(folder.FullName, TimeSpan.FromHours(1));

    private CheckpointFolder Open() => new(Place(), Job, TimeProvider.System);

    private string File(int done) => Directory.GetFiles(folder.FullName, "*.?").Single(path =>
    {
        using var checkpoint = Checkpoint.Open(path, Job);
        return checkpoint?.Done == done;
    });

    private void Write(params int[] steps)
    {
        using var checkpoints = Open();
        foreach (var done in steps)
        {
            checkpoints.Save(done, 10, [checkpoints.Attach("rows"u8.ToArray())], writer => writer.Write($"state {done}"));
        }
    }
}

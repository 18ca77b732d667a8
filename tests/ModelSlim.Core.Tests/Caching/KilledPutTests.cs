using System.Text;

namespace ModelSlim.Core.Tests.Caching;

/// <summary>What a kill leaves of a result that was being put into the store, whenever it came.</summary>
public sealed class KilledPutTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A file of the store comes into being by one move, from a folder that nobody reads, so whatever operation a kill comes before,
    // what it leaves is some of these files and anything in that folder. All of that is tried, also what no order of moves leaves.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_part_of_a_result_a_kill_leaves_is_all_of_it_or_a_miss(bool hasOther)
    {
        const string name = "a";
        string[] contents = ["model", "report", "data"];
        for (var left = 0; ; left++)
        {
            using var test = new StoreCase();
            if (hasOther)
            {
                test.Put("b", "model", "another").Dispose();
            }

            var before = test.Files("").ToHashSet();
            test.Put(name, contents).Dispose();
            var files = test.Files("").Where(file => !before.Contains(file) && !file.Contains("locks", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
            if (left == 1 << files.Length)
            {
                break;
            }

            foreach (var (number, file) in files.Index().Where(file => (left >> file.Index & 1) == 0))
            {
                // What was not moved into place lies aside, in part or as a whole.
                var bytes = File.ReadAllBytes(file);
                File.Delete(file);
                Directory.CreateDirectory(Path.Combine(test.Root, "v1", "tmp"));
                File.WriteAllBytes(Path.Combine(test.Root, "v1", "tmp", $"{Guid.NewGuid():N}"), bytes[..(bytes.Length * (number % 3) / 2)]);
            }

            using (var found = test.Get(name).Artifact)
            {
                Assert.True(found is null || contents.Index().All(each => found.Read($"{each.Index}", Token).AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(each.Item))), $"{left}");
            }

            using (var made = test.Put(name, contents))
            {
                Assert.Equal("report", Encoding.UTF8.GetString(made.Read("1", Token)!));
            }

            Assert.NotNull(test.Get(name).Artifact);
            Assert.Empty(test.Store.Verify(null, Token).Damaged);
            Assert.Equal(hasOther, test.Get("b").Artifact is not null);
        }
    }
}

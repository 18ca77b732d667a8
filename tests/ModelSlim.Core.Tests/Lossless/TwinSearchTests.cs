using ModelSlim.Core.Lossless;

namespace ModelSlim.Core.Tests.Lossless;

public sealed class TwinSearchTests
{
    [Fact]
    public void Places_are_equal_where_all_their_marks_are()
    {
        var search = new TwinSearch(4);
        search.Refine(place => place % 2);
        Assert.Equal([0, 1, 0, 1], search.First);

        search.Refine(place => place < 3 ? 5 : 6);
        Assert.Equal([0, 1, 0, 3], search.First);
    }

    [Fact]
    public void Places_that_differ_stay_apart()
    {
        var search = new TwinSearch(3);
        search.Refine(place => place);
        search.Refine(_ => 0);

        Assert.Equal([0, 1, 2], search.First);
    }
}

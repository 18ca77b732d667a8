using ModelSlim.Core.Fingerprints;

namespace ModelSlim.Core.Tests.Fingerprints;

public sealed class FingerprintTests
{
    [Fact]
    public void The_key_depends_on_the_entries_and_not_on_their_order()
    {
        var one = new FingerprintBuilder().Add("a", "1").Add("b", "2").Build();
        var other = new FingerprintBuilder().Add("b", "2").Add("a", "1").Build();

        Assert.Equal(one.Key, other.Key);
        Assert.Matches("^[0-9a-f]{64}$", one.Key);
    }

    [Fact]
    public void The_key_is_the_hash_of_the_documented_text() => Assert.Equal(
        "67e5bd904ee719aee6c438c2be35eba937a595a05bc94da3628d6a790f3b0c05",
        new FingerprintBuilder().Add("a", "1").Add("b", "2").Build().Key);

    [Theory]
    [InlineData("ab", "c", "a", "bc")]
    [InlineData("a", "1\n1:b=1:2", "a", "1")]
    [InlineData("a", "", "", "a")]
    [InlineData("a", "\u00e9", "a", "e\u0301")]
    public void No_value_imitates_another(string name, string value, string otherName, string otherValue) => Assert.NotEqual(
        new FingerprintBuilder().Add(name, value).Build().Key,
        new FingerprintBuilder().Add(otherName, otherValue).Build().Key);

    [Fact]
    public void Text_that_is_no_valid_unicode_counts_too() => Assert.NotEqual(
        new FingerprintBuilder().Add("a", "\ud800").Build().Key,
        new FingerprintBuilder().Add("a", "\ud801").Build().Key);

    [Fact]
    public void A_name_can_be_used_once() =>
        Assert.Throws<ArgumentException>(() => new FingerprintBuilder().Add("a", "1").Add("a", "1").Build());

    [Fact]
    public void Changes_are_told_by_name()
    {
        var before = new FingerprintBuilder().Add("same", 1).Add("changed", 1).Add("gone", 1).Build();
        var after = new FingerprintBuilder().Add("same", 1).Add("changed", 2).Add("new", 1).Build();

        Assert.Equal(
            [new("changed", "1", "2"), new("gone", "1", null), new("new", null, "1")],
            after.ChangesSince(before));
        Assert.Empty(after.ChangesSince(after));
    }
}

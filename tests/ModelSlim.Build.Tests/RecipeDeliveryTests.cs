namespace ModelSlim.Build.Tests;

public sealed class RecipeDeliveryTests
{
    [Theory]
    [InlineData("output: { delivery: embed }", "embed")]
    [InlineData("target: { macs: 50% }\noutput:\n  delivery: none\naccept:\n  metric: accuracy\n", "none")]
    [InlineData("output: # how\r\n\r\n  # by file\r\n  delivery: 'content' # default\r\n", "content")]
    [InlineData("\"output\": { \"delivery\": \"embed\" }", "embed")]
    [InlineData("output:\n    accessor: true\n    delivery : embed", "embed")]
    [InlineData("{ target: { macs: 50% }, output: { delivery: embed } }", "embed")]
    [InlineData("{\n  output: {\n    delivery: none\n  }\n}\n", "none")]
    public void Finds_the_word(string recipe, string delivery) => Assert.Equal(delivery, new RecipeDelivery().Read(recipe));

    [Theory]
    [InlineData("")]
    [InlineData("target: { macs: 50% }\n")]
    [InlineData("# output: { delivery: embed }\n")]
    [InlineData("output: {}\nother:\n  delivery: embed\n")]
    [InlineData("other:\n  output: x\n  delivery: embed\n")]
    [InlineData("outputs: { delivery: embed }\n")]
    [InlineData("output: { delivery_of: embed }\n")]
    public void Finds_nothing_where_the_recipe_does_not_say(string recipe) => Assert.Equal("", new RecipeDelivery().Read(recipe));
}

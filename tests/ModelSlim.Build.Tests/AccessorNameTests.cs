namespace ModelSlim.Build.Tests;

public sealed class AccessorNameTests
{
    [Theory]
    [InlineData("App", "digits", "App.Digits")]
    [InlineData("", "digits", "Digits")]
    [InlineData("my-app", "inputs", "my_app.InputsModel")]
    [InlineData("App", "value", "App.ValueModel")]
    public void A_class_is_called_after_the_file(string space, string file, string name) =>
        Assert.Equal(name, AccessorName.Of(space, file).FullName);

    [Theory]
    [InlineData("App", "Digits", "App", "Digits")]
    [InlineData("App", "Other.Names.Digits", "Other.Names", "Digits")]
    [InlineData("App", " class ", "App", "@class")]
    [InlineData("App", "My.event.Digits", "My.@event", "Digits")]
    public void A_class_is_called_what_somebody_asks_for(string root, string asked, string space, string name)
    {
        var made = AccessorName.TryOf(root, asked)!;

        Assert.Equal((space, name), (made.Namespace, made.Class));
    }

    [Theory]
    [InlineData("9-lives")]
    [InlineData("A..B")]
    [InlineData(".B")]
    [InlineData("A.")]
    [InlineData("Inputs")]
    [InlineData("My.OpenStream")]
    [InlineData(" ")]
    public void A_class_that_CSharp_does_not_take_is_none(string asked) => Assert.Null(AccessorName.TryOf("App", asked));
}

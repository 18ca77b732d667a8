using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelSlim.Build.Tests;

public sealed class AccessorChoiceTests
{
    private readonly TaskItem _model = new("nets/digits.onnx");

    [Fact]
    public void An_embedded_model_of_a_CSharp_project_gets_a_class()
    {
        var resolved = Resolved("embed");

        Assert.Null(new AccessorChoice("C#", "App").Choose(_model, resolved));

        Assert.Equal(("App", "Digits"), (resolved.GetMetadata("ClassNamespace"), resolved.GetMetadata("ClassName")));
        Assert.Equal("obj/100% a;b/digits.onnx.g.cs", resolved.GetMetadata("Accessor"));
        Assert.Equal("old%3blist;obj/100%25 a%3bb/digits.onnx.values.jsonl", ((ITaskItem2)resolved).GetMetadataValueEscaped("Outputs"));
    }

    [Theory]
    [InlineData("F#", "embed", "")]
    [InlineData("VB", "embed", "")]
    [InlineData("", "embed", "")]
    [InlineData("C#", "content", "")]
    [InlineData("C#", "none", "false")]
    [InlineData("C#", "embed", "False")]
    public void Others_get_none(string language, string delivery, string wish)
    {
        _model.SetMetadata("Accessor", wish);
        var resolved = Resolved(delivery);

        Assert.Null(new AccessorChoice(language, "App").Choose(_model, resolved));

        Assert.Equal(("", "", "old;list"), (resolved.GetMetadata("Accessor"), resolved.GetMetadata("Signature"), resolved.GetMetadata("Outputs")));
    }

    [Theory]
    [InlineData("F#", "embed", "true")]
    [InlineData("C#", "content", "True")]
    [InlineData("C#", "embed", "maybe")]
    public void What_cannot_be_is_said(string language, string delivery, string wish)
    {
        _model.SetMetadata("Accessor", wish);

        Assert.Equal("MSLIM8013", new AccessorChoice(language, "App").Choose(_model, Resolved(delivery))?.Code);
    }

    private static TaskItem Resolved(string delivery)
    {
        var item = new TaskItem("/app/nets/digits.onnx");
        item.SetMetadata("Delivery", delivery);
        item.SetMetadata("OutputModel", "obj/100%25 a%3bb/digits.onnx");
        item.SetMetadata("Outputs", "old%3blist");
        return item;
    }
}

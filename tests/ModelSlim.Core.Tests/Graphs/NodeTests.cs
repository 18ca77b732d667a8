using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Graphs;

public sealed class NodeTests
{
    private static readonly Node Plain = new() { OpType = "Op", Inputs = ["x", ""], Outputs = ["", "y"] };

    [Fact]
    public void A_node_without_a_name_is_told_by_its_operator_and_output()
    {
        Assert.Equal("Op(y)", Plain.Label);
        Assert.Equal("Op()", (Plain with { Outputs = [] }).Label);
        Assert.Equal("it", (Plain with { Name = "it" }).Label);
    }

    [Fact]
    public void Inputs_past_the_end_are_left_out()
    {
        Assert.Equal("x", Plain.Input(0));
        Assert.Equal("", Plain.Input(1));
        Assert.Equal("", Plain.Input(2));
    }

    [Fact]
    public void An_attribute_of_another_kind_is_as_good_as_absent()
    {
        var node = Plain.With("a", new AttributeValue.Text("1"));

        Assert.Equal(7, node.GetInt("a", 7));
        Assert.Equal(0.5f, node.GetFloat("a", 0.5f));
        Assert.Equal("1", node.GetText("a", ""));
        Assert.True(node.GetInts("a").IsDefault);
        Assert.Null(node.GetTensor("a"));
        Assert.Equal("else", Plain.GetText("a", "else"));
    }

    [Fact]
    public void Attributes_are_read_by_kind()
    {
        var tensor = TensorData.From([1], [1f]);
        var node = Plain.With("i", new AttributeValue.Int(2)).With("f", new AttributeValue.Float(3))
            .With("is", new AttributeValue.Ints([4, 5])).With("t", new AttributeValue.Tensor(tensor)).With("i", new AttributeValue.Int(6));

        Assert.Equal(6, node.GetInt("i", 0));
        Assert.Equal(3, node.GetFloat("f", 0));
        Assert.Equal([4L, 5L], node.GetInts("is"));
        Assert.Same(tensor, node.GetTensor("t"));
        Assert.Empty(Plain.Attributes);
    }
}

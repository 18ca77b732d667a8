using ModelSlim.Core.Graphs;
using ModelSlim.Core.Operators;
using ModelSlim.Core.Tensors;

namespace ModelSlim.Core.Tests.Operators;

public sealed class ConstantTests
{
    [Fact]
    public void Axes_of_a_stored_tensor_are_free() => Assert.Equal(
        ["y0[0]=y0[0]", "y0[1]=y0[1]"],
        Nodes.Relations<Constant>(Nodes.View("Constant", [], [2, 3], ("value", new AttributeValue.Tensor(TensorData.From([2, 3], new float[6]))))));

    [Fact]
    public void A_list_of_numbers_may_get_shorter() => Assert.Equal(
        ["y0[0]=y0[0]"],
        Nodes.Relations<Constant>(Nodes.View("Constant", [], [2], ("value_floats", new AttributeValue.Floats([1, 2])))));
}

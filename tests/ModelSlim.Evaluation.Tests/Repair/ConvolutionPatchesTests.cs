using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Repair;

public sealed class ConvolutionPatchesTests
{
    [Theory]
    [InlineData(1, 1, 1, "NOTSET")]
    [InlineData(3, 1, 1, "NOTSET")]
    [InlineData(3, 2, 1, "NOTSET")]
    [InlineData(3, 1, 2, "NOTSET")]
    [InlineData(2, 2, 1, "SAME_UPPER")]
    [InlineData(2, 2, 1, "SAME_LOWER")]
    [InlineData(4, 3, 1, "SAME_UPPER")]
    [InlineData(3, 2, 1, "VALID")]
    public void Patches_are_what_ONNX_Runtime_multiplies(int kernel, int stride, int dilation, string autoPad)
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 2, 9, 7);
        var w = builder.Initializer("w", [1, 2, kernel, kernel], -1, 1);
        var attributes = new List<(string, AttributeValue)>
        {
            ("strides", new AttributeValue.Ints([stride, stride])),
            ("dilations", new AttributeValue.Ints([dilation, dilation])),
            ("auto_pad", new AttributeValue.Text(autoPad)),
        };
        if (autoPad == "NOTSET")
        {
            attributes.Add(("pads", new AttributeValue.Ints([1, 0, 2, 1])));
        }

        builder.Output(builder.Node("Conv", [x, w], null, [.. attributes]));
        var model = builder.Build();
        var output = model.Graph.Outputs[0] with { Shape = default };
        using var session = new SessionFactory().Open(model.With(model.Graph with { Outputs = [output] }), new SessionSettings()).Value!;
        var random = new SplitMix(3);
        float[] picture = [.. Enumerable.Range(0, 2 * 9 * 7).Select(_ => random.NextSingle())];

        var y = session.Run([TensorData.From([1, 2, 9, 7], picture)], TestContext.Current.CancellationToken).Value![0]!;

        var patches = new ConvolutionPatches(model.Graph.Nodes[0], false, [1, 2, 9, 7], y.Shape, [kernel, kernel]);
        var weights = model.Graph.Initializers["w"].ToSingles();
        var expected = y.ToSingles();
        Assert.Equal(expected.Length, patches.Places);
        for (var place = 0; place < patches.Places; place++)
        {
            var sum = 0f;
            var under = patches.Under(place);
            for (var i = 0; i < weights.Length; i++)
            {
                var (channel, tap) = Math.DivRem(i, under.Length);
                sum += under[tap] < 0 ? 0 : weights[i] * picture[(channel * 63) + under[tap]];
            }

            Assert.Equal(expected[place], sum, 1e-4);
        }
    }
}

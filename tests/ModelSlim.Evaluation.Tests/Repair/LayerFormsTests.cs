using ModelSlim.Core.Data;
using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Repair;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Tests.Oracles;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Repair;

/// <summary>Every layout multiplies what ONNX Runtime multiplies.</summary>
public sealed class LayerFormsTests
{
    public static TheoryData<string, int[], int[], bool> Products { get; } = new()
    {
        { "MatMul", [3, 4], [4, 5], false },
        { "MatMul", [2, 3, 4], [4, 5], false },
        { "MatMul", [2, 6, 3, 4], [4, 5], false },
        { "MatMul", [2, 3, 4], [1, 4, 5], false },
        { "MatMul", [2, 3, 4], [2, 4, 5], false },
        { "MatMul", [7, 2, 3, 4], [2, 4, 5], false },
        { "MatMul", [1, 3, 4], [2, 4, 5], false },
        { "MatMul", [2, 3, 4], [4], false },
        { "MatMul", [4], [4, 5], false },
        { "MatMul", [4, 3], [5, 4], true },
        { "MatMul", [2, 4, 3], [5, 4], true },
        { "MatMul", [2, 4, 3], [2, 5, 4], true },
        { "MatMul", [4], [5, 4], true },
        { "Gemm", [3, 4], [4, 5], false },
        { "Gemm transA", [4, 3], [4, 5], false },
        { "Gemm transB", [3, 4], [5, 4], false },
        { "Gemm transA transB", [4, 3], [5, 4], false },
        { "Gemm", [4, 3], [5, 4], true },
        { "Gemm transA", [4, 3], [4, 5], true },
        { "Gemm transB", [3, 4], [5, 4], true },
        { "FusedMatMul", [2, 3, 4], [4, 5], false },
        { "FusedMatMul transA", [2, 4, 3], [2, 4, 5], false },
        { "FusedMatMul transB", [2, 3, 4], [5, 4], false },
        { "FusedMatMul transA transB", [3, 4], [4, 5], true },
        { "Einsum bsd,dhk->bshk", [2, 3, 4], [4, 2, 5], false },
        { "Einsum bhsk,hkd->bsd", [2, 3, 4, 5], [3, 5, 6], false },
        { "Einsum bgk,gkm->bgm", [2, 3, 4], [3, 4, 5], false },
        { "Einsum dh,bds->bhs", [2, 4, 3], [4, 5], true },
    };

    [Theory]
    [MemberData(nameof(Products))]
    public void Products_are_laid_out_as_they_are_run(string op, int[] input, int[] weight, bool weightFirst)
    {
        var words = op.Split(' ');
        var attributes = words[0] == "Einsum"
            ? [("equation", (AttributeValue)new AttributeValue.Text(words[1]))]
            : words[1..].Select(word => (word, (AttributeValue)new AttributeValue.Int(1))).ToArray();
        AssertLaidOut(words[0], input, weight, weightFirst, attributes);
    }

    [Theory]
    [InlineData("Conv", 1, 2, 1)]
    [InlineData("Conv", 2, 1, 2)]
    [InlineData("ConvTranspose", 1, 1, 1)]
    [InlineData("ConvTranspose", 1, 2, 1)]
    [InlineData("ConvTranspose", 2, 3, 2)]
    public void Convolutions_are_laid_out_as_they_are_run(string op, int groups, int stride, int dilation) => AssertLaidOut(
        op,
        [2, 4, 7, 6],
        op == "Conv" ? [6, 4 / groups, 3, 2] : [4, 6 / groups, 3, 2],
        false,
        ("group", new AttributeValue.Int(groups)),
        ("strides", new AttributeValue.Ints([stride, stride])),
        ("dilations", new AttributeValue.Ints([dilation, dilation])),
        ("pads", new AttributeValue.Ints([1, 0, 1, 1])));

    [Fact]
    public void What_a_transposed_convolution_adds_at_the_end_is_laid_out_too() => AssertLaidOut(
        "ConvTranspose",
        [1, 2, 4, 4],
        [2, 3, 3, 3],
        false,
        ("strides", new AttributeValue.Ints([2, 2])),
        ("pads", new AttributeValue.Ints([1, 1, 1, 1])),
        ("output_padding", new AttributeValue.Ints([1, 1])));

    [Theory]
    [InlineData("ab", "bb", "a")]
    [InlineData("aa", "ab", "b")]
    [InlineData("ab", "bc", "a")]
    [InlineData("ab", "bc", "ad")]
    [InlineData("ab", "cd", "abcd")]
    public void What_is_no_product_of_all_its_letters_is_left_alone(string input, string weight, string output) =>
        Assert.Null(ProductLayout.Of((input, [4, 4]), (weight, [4, 4]), output));

    private static void AssertLaidOut(string op, int[] input, int[] weight, bool weightFirst, params (string, AttributeValue)[] attributes)
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", input);
        var w = builder.Initializer("w", [.. weight], -1, 1);
        var model = RepairCase.WithFusions(Built(builder, builder.Node(op, weightFirst ? [w, x] : [x, w], null, attributes)), "FusedMatMul");
        var traced = new TracedModel(model);
        var picture = new SplitMix(3);
        float[] values = [.. Enumerable.Range(0, (int)TensorData.Count([.. input])).Select(_ => picture.NextSingle())];
        using var session = new SessionFactory().Open(model, new SessionSettings()).Value!;
        var run = session.Run([TensorData.From([.. input], values)], TestContext.Current.CancellationToken);
        Assert.True(run.Succeeded, string.Join('\n', run.Diagnostics));
        var expected = run.Value[0]!;

        var form = new LayerForms(traced.Index, traced.Trace).Of(model.Graph.Nodes[0])!;
        var layout = form.LayOut([.. input], [.. weight], expected.Shape)!;
        Assert.Equal(expected.Shape, layout.OutputShape);

        var stored = model.Graph.Initializers["w"].ToSingles();
        var (wanted, seen) = (expected.ToSingles(), new HashSet<int>());
        var under = new int[layout.Columns];
        for (var row = 0; row < layout.Rows; row++)
        {
            for (var channel = 0; channel < layout.Channels; channel++)
            {
                var (group, output) = Math.DivRem(channel, layout.Outputs);
                layout.Under(row, group, under);
                var sum = 0f;
                for (var k = 0; k < under.Length; k++)
                {
                    sum += under[k] == LayerLayout.Padding ? 0 : values[under[k]] * stored[layout.WeightPlace(group, k, output)];
                }

                var place = layout.RowPlace(row) + layout.ChannelPlace(channel);
                Assert.True(seen.Add(place));
                Assert.Equal(wanted[place], sum, 1e-4);
            }
        }

        Assert.Equal(wanted.Length, seen.Count);
    }

    private static OnnxModel Built(ModelBuilder builder, string output)
    {
        builder.Output(output);
        return builder.Build();
    }
}

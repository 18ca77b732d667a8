using ModelSlim.Core.Graphs;
using ModelSlim.Testing;
using ModelSlim.Training.Kernels;
using ModelSlim.Training.Sparsity;
using ModelSlim.Training.Tests.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Sparsity;

public sealed class GroupSlicesTests : IClassFixture<TorchFixture>
{
    [Fact]
    public void A_coupled_channel_has_the_factors_of_all_layers_that_make_it()
    {
        var net = new FadingNet(SmallNets.Residual());
        var scaled = net.Scaled();
        using var module = FadingNet.Module(scaled.Graph);
        var groups = GroupSlices.Of(scaled, net.Groups, module);
        Assert.Equal(net.Groups.Select(fading => fading.Group.Id), groups.Select(group => group.Id));

        var coupled = net.Groups.First(fading => scaled.Sites.Count(site => fading.Group.Members.Contains(site.Channels)) > 1).Group;
        var expected = new double[coupled.Channels];
        foreach (var site in scaled.Sites.Where(site => coupled.Members.Contains(site.Channels)))
        {
            var scale = scaled.Graph.Initializers[site.Scale].ToSingles();
            for (var channel = 0; channel < expected.Length; channel++)
            {
                expected[channel] += (double)scale[channel] * scale[channel];
            }
        }

        using var still = no_grad();
        var lengths = groups.Single(group => group.Id == coupled.Id).Scales.Lengths(module);
        Assert.All(expected.Zip(lengths), pair => Assert.Equal(Math.Sqrt(pair.First), pair.Second, 1e-6));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_channel_whose_outputs_are_multiplied_by_zero_is_zero(bool folded)
    {
        var net = new FadingNet(SmallNets.Vgg(folded));
        var scaled = net.Scaled();
        using var module = FadingNet.Module(scaled.Graph);
        var groups = GroupSlices.Of(scaled, net.Groups, module);
        using (no_grad())
        {
            foreach (var group in groups)
            {
                var factors = group.Scales.Lengths(module);
                Array.Fill(factors, 1);
                factors[1] = 0;
                group.Outputs.Multiply(module, factors);
                Assert.Equal(0, group.Scales.Lengths(module)[1]);
            }
        }

        // Every layer's channel 1 now comes out as 0, bias and shift included.
        var graph = module.ToGraph();
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var sites = scaled.Sites.Where(site => site.Channels.Axis == 1).Select(site => site.Channels.Value).ToHashSet();
        using var run = FadingNet.Module(graph);
        var seen = 0;
        run.Run([randn(2, 3, 8, 8, generator: new Generator(1))], RunMode.Inference, (name, value) =>
        {
            if (sites.Contains(name))
            {
                seen++;
                Assert.Equal(0, value.select(1, 1).abs().max().item<float>());
                Assert.NotEqual(0, value.select(1, 0).abs().max().item<float>());
            }
        });
        Assert.Equal(sites.Count, seen);
    }

    [Fact]
    public void A_shift_that_is_named_again_by_Identity_belongs_to_its_channels()
    {
        var model = SmallNets.Chain();
        var node = model.Graph.Nodes.First(candidate => candidate.OpType == "BatchNormalization");
        var named = node with { Inputs = node.Inputs.SetItem(2, "again") };
        var again = new Node { OpType = "Identity", Inputs = [node.Inputs[2]], Outputs = ["again"] };
        var net = new FadingNet(model.With(model.Graph with { Nodes = model.Graph.Nodes.Replace(node, named).Insert(0, again) }));
        var scaled = net.Scaled();
        using var module = FadingNet.Module(scaled.Graph);
        using var still = no_grad();

        var group = GroupSlices.Of(scaled, net.Groups, module)[0];
        group.Outputs.Multiply(module, [.. Enumerable.Repeat(0.0, net.Groups[0].Group.Channels)]);

        Assert.All(Values(module.ToGraph(), node.Inputs[1]).Concat(Values(module.ToGraph(), node.Inputs[2])), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Everything_is_factors_and_readers_but_not_what_a_normalization_divides_by()
    {
        var net = new FadingNet(SmallNets.Chain());
        var scaled = net.Scaled();
        using var module = FadingNet.Module(scaled.Graph);
        using var still = no_grad();
        var first = GroupSlices.Of(scaled, net.Groups, module)[0];
        var (made, read) = (scaled.Graph.Nodes.Where(node => node.OpType == "Conv").Select(node => node.Inputs[1]).ElementAt(0),
            scaled.Graph.Nodes.Where(node => node.OpType == "Conv").Select(node => node.Inputs[1]).ElementAt(1));
        var before = (Made: Values(module.ToGraph(), made), Read: Values(module.ToGraph(), read));

        first.Everything.Multiply(module, [.. Enumerable.Repeat(0.5, net.Groups[0].Group.Channels)]);

        Assert.Equal(before.Made, Values(module.ToGraph(), made));
        Assert.Equal(Array.ConvertAll(before.Read, value => value / 2), Values(module.ToGraph(), read));
    }

    private static float[] Values(Graph graph, string name) => graph.Initializers[name].ToSingles();
}

using ModelSlim.Core.Graphs;
using ModelSlim.Training.Kernels;

namespace ModelSlim.Training.Tests.Kernels;

public sealed class KernelRegistryTests
{
    [Fact]
    public void Every_kernel_class_is_registered()
    {
        var classes = typeof(Kernel).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Kernel)) && !type.IsAbstract);
        Assert.Empty(classes.Except(KernelRegistry.Standard.Kernels.Select(kernel => kernel.GetType())));
    }

    [Fact]
    public void A_node_is_found_by_domain_and_operator()
    {
        Assert.IsType<Conv>(KernelRegistry.Standard.Find(Node("Conv", "")));
        Assert.IsType<Conv>(KernelRegistry.Standard.Find(Node("Conv", "ai.onnx")));
        Assert.Null(KernelRegistry.Standard.Find(Node("Conv", "com.example")));
        Assert.Null(KernelRegistry.Standard.Find(Node("conv", "")));
    }

    private static Node Node(string opType, string domain) => new() { OpType = opType, Domain = domain, Inputs = [], Outputs = ["y"] };
}

using TorchSharp;

namespace ModelSlim.Training.Tests.Runtime;

public sealed class TorchLoaderTests
{
    [Fact]
    public void Loads_libtorch_by_path_and_copies_nothing_beside_the_app()
    {
        var runtime = TorchInProcess.Runtime;

        using var sum = torch.ones(2, 3).sum();
        Assert.Equal(6f, sum.item<float>());
        Assert.Empty(Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cpu*", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")));
        Assert.False(Path.GetFullPath(runtime.LibTorch.Path).StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal));
    }
}

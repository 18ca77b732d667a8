using TorchSharp;

namespace ModelSlim.Training.Tests.Runtime;

/// <summary>Loads libtorch before a class of tests runs, and keeps it to one thread.</summary>
public sealed class TorchFixture
{
    public TorchFixture()
    {
        _ = TorchInProcess.Runtime;
        torch.set_num_threads(1);
    }
}

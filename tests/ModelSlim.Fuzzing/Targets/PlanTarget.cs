using System.Text;
using ModelSlim.Core.Costs;
using ModelSlim.Core.Pruning;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Plans; what is read is written again.</summary>
public sealed class PlanTarget : FileTarget
{
    private readonly PlanFile plans = new();

    /// <inheritdoc/>
    public override string Name => "plan";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encoding.UTF8.GetBytes(new PlanFile().Write(new PruningPlan
        {
            Model = new string('a', 64),
            Before = new ModelCost(1000, 100, 10_000),
            After = new ModelCost(500, 50, 5_000),
            Cuts = [new GroupCut("conv1", 8, [1, 2, 7]), new GroupCut("conv2", 4, [])],
        })),
    ];

    /// <inheritdoc/>
    protected override bool ReadFile(string path)
    {
        var result = plans.Load(path);
        if (result.Succeeded)
        {
            plans.Write(result.Value);
        }

        return result.Succeeded;
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Graphs;

namespace ModelSlim.Core.Axes;

/// <summary>
/// Reads axis relations off a traced data movement: the node ran on tensors filled with positions, and where each position
/// went says which index of which input axis became which index of which output axis.
/// </summary>
public sealed class MovementRelations
{
    /// <summary>Relations between the axes of one output and of the inputs that were moved into it.</summary>
    /// <param name="inputs">Names and traced shapes of the node's inputs, in order.</param>
    /// <param name="output">Name of the output.</param>
    /// <param name="outputShape">Traced shape of the output.</param>
    /// <param name="movement">Where each output element came from.</param>
    public ImmutableArray<AxisRelation> Read(
        ImmutableArray<(string Name, ImmutableArray<int> Shape)> inputs,
        string output,
        ImmutableArray<int> outputShape,
        Movement movement)
    {
        var relations = ImmutableArray.CreateBuilder<AxisRelation>();
        var joined = new SortedDictionary<AxisRef, List<(AxisRef Factor, ImmutableArray<int> Places)>>();
        foreach (var input in movement.UsedInputs)
        {
            var (name, shape) = inputs[input];
            var pairing = new AxisPairing(shape, outputShape, movement, input);
            for (var a = 0; a < shape.Length; a++)
            {
                for (var b = 0; b < outputShape.Length; b++)
                {
                    Relate(new AxisRef(name, a), new AxisRef(output, b), pairing.Between(a, b), relations, joined);
                }
            }
        }

        foreach (var (merged, factors) in joined)
        {
            relations.Add(factors.Count == 1
                ? new AxisRelation.Moved(merged, factors[0].Factor, factors[0].Places)
                : new AxisRelation.Product(merged, [.. factors.Select(f => f.Factor)], [.. factors.Select(f => f.Places)]));
        }

        return relations.ToImmutable();
    }

    private static void Relate(
        AxisRef from,
        AxisRef to,
        AxisPair pair,
        ImmutableArray<AxisRelation>.Builder relations,
        SortedDictionary<AxisRef, List<(AxisRef Factor, ImmutableArray<int> Places)>> joined)
    {
        switch (pair)
        {
            case { Kind: AxisPairKind.Independent }:
                break;
            case { Kind: AxisPairKind.OneToOne }:
                relations.Add(new AxisRelation.Moved(to, from, pair.SourceOfOutput));
                break;
            case { Kind: AxisPairKind.OutputIsFiner }:
                Join(joined, to, from, pair.SourceOfOutput);
                break;
            case { Kind: AxisPairKind.InputIsFiner }:
                Join(joined, from, to, pair.TargetOfInput);
                break;
            default:
                relations.Add(new AxisRelation.Frozen(from, "it is split in a way that does not follow channels"));
                relations.Add(new AxisRelation.Frozen(to, "it is joined in a way that does not follow channels"));
                break;
        }
    }

    private static void Join(
        SortedDictionary<AxisRef, List<(AxisRef Factor, ImmutableArray<int> Places)>> joined,
        AxisRef merged,
        AxisRef factor,
        ImmutableArray<int> places)
    {
        if (!joined.TryGetValue(merged, out var factors))
        {
            joined[merged] = factors = [];
        }

        factors.Add((factor, places));
    }
}

using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx.Protobuf;

namespace ModelSlim.Core.Onnx;

/// <summary>Node to operator call (ONNX <c>NodeProto</c>).</summary>
internal static class NodePatch
{
    /// <summary>Makes a message say what a node says. What does not differ stays as it is, byte for byte.</summary>
    /// <param name="target">The message.</param>
    /// <param name="before">What <paramref name="target"/> says; null where it is new.</param>
    /// <param name="after">What it shall say.</param>
    public static void Apply(NodeProto target, Node? before, Node after)
    {
        if (before?.Name != after.Name && (before is not null || after.Name.Length > 0))
        {
            target.Name = after.Name;
        }

        if (before?.OpType != after.OpType)
        {
            target.OpType = after.OpType;
        }

        if ((before?.Domain ?? "") != after.Domain)
        {
            target.Domain = after.Domain;
        }

        if (before is null || !before.Inputs.SequenceEqual(after.Inputs))
        {
            target.Input.Clear();
            target.Input.AddRange(after.Inputs);
        }

        if (before is null || !before.Outputs.SequenceEqual(after.Outputs))
        {
            target.Output.Clear();
            target.Output.AddRange(after.Outputs);
        }

        ApplyAttributes(target, before, after);
    }

    private static void ApplyAttributes(NodeProto target, Node? before, Node after)
    {
        foreach (var gone in target.Attribute.Where(attribute => !after.Attributes.ContainsKey(attribute.Name)).ToList())
        {
            target.Attribute.Remove(gone);
        }

        foreach (var (name, value) in after.Attributes)
        {
            var old = before?.Attributes.GetValueOrDefault(name);
            if (old is not null && GraphComparison.Same(old, value))
            {
                continue;
            }

            var attribute = target.Attribute.FirstOrDefault(attribute => attribute.Name == name);
            if (attribute is null)
            {
                attribute = new AttributeProto { Name = name };
                target.Attribute.Add(attribute);
            }

            AttributePatch.Apply(attribute, old, value);
        }
    }
}

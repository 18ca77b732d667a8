namespace ModelSlim.Training.Modules;

/// <summary>A kernel could not run its node on the values it was given, such as shapes that do not fit at this batch size.</summary>
/// <param name="node">How to name the node to a user.</param>
/// <param name="inner">What the kernel or torch said.</param>
public sealed class NodeFailedException(string node, Exception inner)
    : Exception($"Node {node} failed: {inner.Message.Split('\n')[0].Trim()}", inner)
{
    /// <summary>How to name the node to a user.</summary>
    public string Node { get; } = node;
}

using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelSlim.Build;

/// <summary>An input or output of a model, as the tool's event <c>value</c> says it (PROTOCOL.md).</summary>
/// <param name="said">The event.</param>
/// <param name="line">The line it was read from.</param>
internal sealed class ModelValue(ToolEvent said, string line)
{
    /// <summary><see cref="Role"/> of what goes in.</summary>
    public const string Input = "input";

    /// <summary><see cref="Role"/> of what comes out.</summary>
    public const string Output = "output";

    /// <summary>The event as the tool wrote it.</summary>
    public string Line => line;

    /// <summary>Whether it goes in or comes out.</summary>
    public string Role => said.Text("role");

    /// <summary>Its name in the model.</summary>
    public string Name => said.Text("name");

    /// <summary>Element type in ONNX's words, such as <c>float</c>; empty where it is no tensor.</summary>
    public string ElementType => said.Text("type");

    /// <summary>Whether the number of axes is known.</summary>
    public bool HasShape => said.Text("rank").Length > 0;

    /// <summary>Extents of the axes; -1 where an axis is not fixed.</summary>
    public IReadOnlyList<int> Shape =>
        [.. Axes.Select(axis => said.Text(Field("size", axis)).Length > 0 ? said.Number(Field("size", axis)) : -1)];

    /// <summary>Names of the axes that have one; empty for the others.</summary>
    public IReadOnlyList<string> Symbols => [.. Axes.Select(axis => said.Text(Field("symbol", axis)))];

    private IEnumerable<int> Axes => Enumerable.Range(0, said.Number("rank"));

    private static string Field(string name, int axis) => name + axis.ToString(CultureInfo.InvariantCulture);
}

using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ModelSlim.Build;

/// <summary>
/// The file in <c>obj</c> that says what goes into a model and what comes out: the tool's events <c>value</c>, one a line. It is kept
/// so that an accessor can be written anew, since a reference or a name changed, without the tool.
/// </summary>
/// <param name="path">Path of the file.</param>
internal sealed class SignatureFile(string path)
{
    /// <summary>Writes it.</summary>
    public void Write(IEnumerable<ModelValue> values) => File.WriteAllLines(path, values.Select(value => value.Line));

    /// <summary>Reads it.</summary>
    /// <returns>The values; null where the file is not there or is not as it was written.</returns>
    public IReadOnlyList<ModelValue>? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var values = new List<ModelValue>();
        foreach (var line in File.ReadAllLines(path))
        {
            if (ToolEvent.TryRead(line) is not { Kind: "value" } said)
            {
                return null;
            }

            values.Add(new ModelValue(said, line));
        }

        return values.Count > 0 ? values : null;
    }
}

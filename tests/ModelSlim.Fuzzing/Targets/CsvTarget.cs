using System.Text;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Fuzzing.Targets;

/// <summary>Tables, with and without labels.</summary>
public sealed class CsvTarget : SamplesTarget
{
    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds { get; } =
    [
        .. new[]
        {
            "1,2,3\n4,5,6\n", "a,b,c,y\n1,2,3,cat\n4,5e-1,-6,\"d\"\"og\"\n", "1;2;3;0\r\n4;5;6;1\r\n", "\ufeff1\t2\t3\t0\n\n4\t5\t6\t1", "\"1\",\"2\",\"3\",\"x\ny\"\n",
        }.Select(Encoding.UTF8.GetBytes),
        Packed("1,2,3,0\n4,5,6,1\n"u8.ToArray()),
    ];

    /// <inheritdoc/>
    protected override bool ReadFile(string path) =>
        Opens(new DataSource(DataKind.Csv, [path], null, null), Numbers)
        | Opens(new DataSource(DataKind.Csv, [path], null, null) { Labels = "-1" }, Numbers)
        | Opens(new DataSource(DataKind.Csv, [path], 5, null) { Labels = "y", Header = true }, Numbers);
}

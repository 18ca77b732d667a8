using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Core.Tests.Diagnostics;

public sealed class ErrorTableTests
{
    [Fact]
    public void EveryCodeIsThereOnce() =>
        Assert.Equal(DiagnosticCodes.All.Select(code => code.Code).Distinct(), DiagnosticCodes.All.Select(code => code.Code));

    [Fact]
    public void TheReadmeExplainsEveryCode()
    {
        var rows = File.ReadAllLines(Path.Combine(Root(), "README.md"));
        Assert.All(DiagnosticCodes.All, code => Assert.Contains($"| {code.Code} | {code.Title} | {code.Fix} |", rows));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "global.json")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder;
    }
}

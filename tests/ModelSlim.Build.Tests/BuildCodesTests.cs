using System.Reflection;
using ModelSlim.Core.Diagnostics;

namespace ModelSlim.Build.Tests;

public sealed class BuildCodesTests
{
    [Fact]
    public void The_build_and_the_catalog_know_the_same_codes()
    {
        var ofTheBuild = typeof(BuildCodes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral)
            .Select(field => (string)field.GetRawConstantValue()!);

        var ofTheCatalog = DiagnosticCodes.All.Select(descriptor => descriptor.Code).Where(code => code[5] == '8').Append(DiagnosticCodes.RecipeUnused.Code);

        Assert.Equal(ofTheCatalog.Order(StringComparer.Ordinal), ofTheBuild.Order(StringComparer.Ordinal));
    }
}

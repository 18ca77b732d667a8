using ModelSlim.Testing;
using ModelSlim.Tool.Init;

namespace ModelSlim.Tool.Tests.Init;

public sealed class PackageReferenceEditTests
{
    private static readonly PackageReferenceEdit Edit = new("ModelSlim.Build", "1.2.3");

    [Theory]
    [InlineData(
        "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n",
        "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <ItemGroup>\n    <PackageReference Include=\"ModelSlim.Build\" Version=\"1.2.3\" PrivateAssets=\"all\" />\n  </ItemGroup>\n</Project>\n")]
    [InlineData(
        "<Project Sdk=\"Microsoft.NET.Sdk\" />",
        "<Project Sdk=\"Microsoft.NET.Sdk\">\n  <ItemGroup>\n    <PackageReference Include=\"ModelSlim.Build\" Version=\"1.2.3\" PrivateAssets=\"all\" />\n  </ItemGroup>\n</Project>")]
    [InlineData(
        "\uFEFF<Project>\r\n  <!-- mine -->\r\n  <ItemGroup>\r\n    <PackageReference Include=\"A\"   Version=\"1\" />\r\n  </ItemGroup>\r\n</Project>\r\n",
        "\uFEFF<Project>\r\n  <!-- mine -->\r\n  <ItemGroup>\r\n    <PackageReference Include=\"A\" Version=\"1\" />\r\n    <PackageReference Include=\"ModelSlim.Build\" Version=\"1.2.3\" PrivateAssets=\"all\" />\r\n  </ItemGroup>\r\n</Project>\r\n")]
    public void Adds_the_package_and_leaves_the_rest(string before, string after)
    {
        using var folder = new TemporaryFolder();
        folder.Write("Directory.Packages.props", "<Project />");
        var project = folder.Write("app.csproj", before);

        var outcome = Edit.Apply(project).Value!;

        Assert.Equal([project], outcome.Files);
        Assert.Equal(after, System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(project)));
        Assert.Empty(Edit.Apply(project).Value!.Files);
    }

    [Fact]
    public void With_central_versions_the_version_goes_there()
    {
        using var folder = new TemporaryFolder();
        var central = folder.Write(
            "Directory.Packages.props",
            "<Project>\n  <PropertyGroup>\n    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>\n  </PropertyGroup>\n</Project>\n");
        var project = folder.Write("src/app/app.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\">\n</Project>\n");

        Assert.Equal([project, central], Edit.Apply(project).Value!.Files);

        Assert.Contains("<PackageReference Include=\"ModelSlim.Build\" PrivateAssets=\"all\" />", File.ReadAllText(project), StringComparison.Ordinal);
        Assert.Contains("<PackageVersion Include=\"ModelSlim.Build\" Version=\"1.2.3\" />", File.ReadAllText(central), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_XML_stays_as_it_is()
    {
        using var folder = new TemporaryFolder();
        var project = folder.Write("app.csproj", "<Project>\n<");

        var error = Assert.Single(Edit.Apply(project).Diagnostics);

        Assert.Equal(("MSLIM0002", 2), (error.Code, error.Location!.Line));
        Assert.Equal("<Project>\n<", File.ReadAllText(project));
    }
}

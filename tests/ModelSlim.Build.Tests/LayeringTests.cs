using System.Text.RegularExpressions;
using System.Xml.Linq;
using ModelSlim.Build.Tests.Testing;

namespace ModelSlim.Build.Tests;

/// <summary>The house of src/ARCHITECTURE.md: who may use whom.</summary>
public sealed class LayeringTests
{
    /// <summary>Folders of Core, from the ground up, as the page lists them. A room uses only the rooms before it.</summary>
    private static readonly string[] Rooms = ReadRooms();

    [Theory]
    [InlineData("ModelSlim.Core", "", "Google.Protobuf Grpc.Tools Microsoft.Extensions.FileSystemGlobbing YamlDotNet")]
    [InlineData("ModelSlim.Training", "ModelSlim.Core", "SharpZipLib SkiaSharp SkiaSharp.NativeAssets.Linux.NoDependencies Sylvan.Data.Csv TorchSharp")]
    [InlineData("ModelSlim.Evaluation", "ModelSlim.Core", "MathNet.Numerics Microsoft.ML.OnnxRuntime System.Numerics.Tensors")]
    [InlineData("ModelSlim.Pipeline", "ModelSlim.Core ModelSlim.Evaluation ModelSlim.Remotes ModelSlim.Training", "")]
    [InlineData("ModelSlim.Remotes", "ModelSlim.Core", "AWSSDK.S3 Azure.Storage.Blobs Google.Protobuf Grpc.Tools Polly.Core")]
    [InlineData("ModelSlim.Tool", "ModelSlim.Pipeline", "Spectre.Console System.CommandLine")]
    [InlineData("ModelSlim.Build", "", "Microsoft.Build.Utilities.Core")]
    public void A_project_references_what_the_house_allows(string project, string projects, string packages)
    {
        var file = XDocument.Load(Repository.Project(project));
        var references = file.Descendants("ProjectReference").Where(reference => (string?)reference.Attribute("ReferenceOutputAssembly") != "false");

        Assert.Equal(projects, Names(references.Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))));
        Assert.Equal(packages, Names(file.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)));
        Assert.Empty(file.Descendants("Using"));
    }

    [Fact]
    public void Every_project_has_its_place()
    {
        var folders = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file)!);

        Assert.Equal("ModelSlim.Build ModelSlim.Core ModelSlim.Evaluation ModelSlim.Pipeline ModelSlim.Remotes ModelSlim.Tool ModelSlim.Training", Names(folders));
    }

    [Fact]
    public void A_room_of_Core_uses_only_the_rooms_before_it()
    {
        var core = Path.Combine(Repository.Root, "src", "ModelSlim.Core");
        var files = Directory.GetFiles(core, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(core, file).Replace('\\', '/'), Text: File.ReadAllText(file)))
            .Where(file => !file.Path.StartsWith("bin/") && !file.Path.StartsWith("obj/"))
            .ToArray();
        Assert.NotEmpty(files);

        var offences =
            from file in files
            let room = file.Path.Split('/')[0]
            from Match use in Regex.Matches(file.Text, @"\bModelSlim\.Core\.(\w+)")
            where Place(room, file.Path) < Place(use.Groups[1].Value, file.Path)
            select $"{file.Path} uses {use.Groups[1].Value}";

        Assert.Empty(offences.Distinct());
    }

    private static string[] ReadRooms()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "src", "ARCHITECTURE.md"));
        var list = Regex.Match(Regex.Replace(page, @"\s+", " "), @"uses only the rooms listed before it: ([\w, ]+)\.");
        Assert.True(list.Success, "ARCHITECTURE.md no longer lists the rooms of Core.");
        return list.Groups[1].Value.Split(", ");
    }

    private static int Place(string room, string file)
    {
        var place = Array.IndexOf(Rooms, room);
        Assert.True(place >= 0, $"{file}: '{room}' is no room of Core; give it a place in ARCHITECTURE.md.");
        return place;
    }

    private static string Names(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));
}

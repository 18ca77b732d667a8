using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Sessions;

public sealed class SessionFactoryTests
{
    private static readonly ImmutableArray<int> Shape = [1, 3, 8, 8];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_handed_over_in_files_runs_as_one_in_memory(bool optimize)
    {
        var model = SmallNets.Vgg();
        var input = TensorData.From(Shape, new ModelBuilder().Random("x", Shape, -1, 1));

        float[] Run(SessionFactory factory)
        {
            using var session = factory.Open(model, new SessionSettings(optimize)).Value!;
            return session.Run([input], TestContext.Current.CancellationToken).Value![0]!.ToSingles();
        }

        Assert.Equal(Run(new SessionFactory()), Run(new SessionFactory(largestArray: 0)), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void Its_files_go_with_the_session()
    {
        var before = Folders();
        var session = new SessionFactory(largestArray: 0).Open(SmallNets.Vgg(), SessionSettings.AsIs).Value!;
        var opened = Folders().Except(before).ToArray();

        session.Dispose();

        Assert.NotEmpty(opened);
        Assert.Contains(opened, folder => !Directory.Exists(folder));
    }

    [Fact]
    public void A_model_that_is_refused_leaves_no_files()
    {
        var builder = new ModelBuilder();
        var x = builder.Input("x", 1, 600);
        builder.Output(builder.Node("NoSuchOperator", [builder.Gemm(x, 600)], [1, 600]));
        var model = builder.Build();
        var before = Folders();

        var result = new SessionFactory(largestArray: 0).Open(model, SessionSettings.AsIs);

        Assert.Equal(DiagnosticCodes.ModelRefused.Code, Assert.Single(result.Diagnostics).Code);
        Assert.DoesNotContain(Folders().Except(before), folder => File.Exists(Path.Combine(folder, "model.onnx")) && Content(folder).Contains("NoSuchOperator"));
    }

    private static string Content(string folder) => File.ReadAllText(Path.Combine(folder, "model.onnx"));

    private static string[] Folders() => Directory.GetDirectories(Path.GetTempPath(), "modelslim-*");
}

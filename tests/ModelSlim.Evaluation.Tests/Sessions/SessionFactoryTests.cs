using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Graphs;
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
    public void A_run_rounds_the_same_wherever_its_input_lies()
    {
        // What is left of a sum whose elements cancel each other shows in which order they were added.
        var builder = new ModelBuilder();
        builder.Output(builder.Node("ReduceMean", [builder.Input("x", 1, 1001)], [1, 1], ("axes", new AttributeValue.Ints([1]))));
        using var session = new SessionFactory().Open(builder.Build(), SessionSettings.AsIs).Value!;
        var values = new ModelBuilder().Random("x", [1, 1001], -1, 1);
        var sums = Enumerable.Range(0, 16).Select(start =>
        {
            var bytes = new byte[1001 * sizeof(float) + 64].AsMemory(4 * start, 1001 * sizeof(float));
            Buffer.BlockCopy(values, 0, System.Runtime.InteropServices.MemoryMarshal.TryGetArray<byte>(bytes, out var array) ? array.Array! : [], 4 * start, bytes.Length);
            return session.Run([new TensorData(ElementType.Float, [1, 1001], bytes)], TestContext.Current.CancellationToken).Value![0]!.ToSingles()[0];
        });

        Assert.Single(sums.Distinct());
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

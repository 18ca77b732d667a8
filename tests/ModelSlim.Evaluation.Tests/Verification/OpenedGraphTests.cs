using ModelSlim.Core.Tensors;
using ModelSlim.Evaluation.Sessions;
using ModelSlim.Evaluation.Verification;
using ModelSlim.Testing;

namespace ModelSlim.Evaluation.Tests.Verification;

public sealed class OpenedGraphTests
{
    [Fact]
    public void Readers_go_on_from_what_is_given_and_producers_still_show_what_they_make()
    {
        var b = new ModelBuilder();
        var negative = b.Node("Neg", [b.Input("x", 2)], [2]);
        var relu = b.Output(b.Relu(negative));
        b.Output(negative);
        var model = b.Build();

        var opened = new OpenedGraph(model.Graph, [KeyValuePair.Create(negative, TensorData.From([2], [5f, -6f]))], [negative]);
        using var session = new SessionFactory().Open(model.With(opened.Graph), SessionSettings.AsIs).Value!;
        var outputs = session.Run([TensorData.From([2], [1f, 2f]), TensorData.From([2], [5f, -6f])], TestContext.Current.CancellationToken);

        Assert.Equal([relu, negative], opened.Shown);
        Assert.Equal([5f, 0f], outputs.Value![0]!.ToSingles());
        Assert.Equal([-1f, -2f], outputs.Value![1]!.ToSingles());
    }
}

namespace ModelSlim.Evaluation.Sessions;

/// <summary>How ONNX Runtime runs a model.</summary>
/// <param name="Optimize">False runs the graph node by node as it is, so that every value keeps its name.</param>
/// <param name="Threads">Threads inside one operator, 0 for one a core; 1 gives the same result whatever the number of cores.</param>
public sealed record SessionSettings(bool Optimize = true, int Threads = 1)
{
    /// <summary>True where the session is timed, so that it must be as fast as in an app, whatever memory that takes.</summary>
    public bool Timed { get; init; }

    /// <summary>The graph as it is, on one thread.</summary>
    public static SessionSettings AsIs { get; } = new(Optimize: false);
}

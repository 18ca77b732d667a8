namespace ModelSlim.Evaluation.Sessions;

/// <summary>How ONNX Runtime runs a model.</summary>
/// <param name="Optimize">False runs the graph node by node as it is, so that every value keeps its name.</param>
/// <param name="Threads">Threads inside one operator, 0 for one a core; 1 gives the same result whatever the number of cores.</param>
public sealed record SessionSettings(bool Optimize = true, int Threads = 1)
{
    /// <summary>True where the session is timed, so that it must be as fast as in an app, whatever memory that takes.</summary>
    public bool Timed { get; init; }

    /// <summary>
    /// True where what comes out decides something, so that it must not depend on how wide the CPU's vectors are: without the layout of
    /// blocks of channels, 8 with AVX2 and 16 with AVX-512, whose order of adding up differs.
    /// </summary>
    public bool Portable { get; init; }

    /// <summary>The graph as it is, on one thread.</summary>
    public static SessionSettings AsIs { get; } = new(Optimize: false);
}

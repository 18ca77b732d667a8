using System.Text.Json;

namespace ModelSlim.Training.Worker;

/// <summary>Writes messages to the host, one line each. Safe to call from several threads.</summary>
/// <param name="output">The worker's standard output.</param>
internal sealed class WorkerLine(Stream output)
{
    private readonly Lock turn = new();

    /// <summary>Writes a message.</summary>
    /// <exception cref="IOException">The host is gone.</exception>
    public void Write(WorkerMessage message)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(message, WorkerJson.Options);
        lock (turn)
        {
            output.Write(json);
            output.Write("\n"u8);
            output.Flush();
        }
    }

    /// <summary>Reads a line.</summary>
    /// <returns>Null where the line is no message: a library wrote to standard output.</returns>
    public static WorkerMessage? Read(string line)
    {
        try
        {
            return line.StartsWith('{') ? JsonSerializer.Deserialize<WorkerMessage>(line, WorkerJson.Options) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

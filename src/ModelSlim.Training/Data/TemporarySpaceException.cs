namespace ModelSlim.Training.Data;

/// <summary>The folder of temporary files does not take what is unpacked into it.</summary>
/// <param name="message">What happened, as the end of a sentence that names the file.</param>
/// <param name="cause">What the system says.</param>
internal sealed class TemporarySpaceException(string message, Exception cause) : IOException(message, cause);

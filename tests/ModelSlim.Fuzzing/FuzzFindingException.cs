namespace ModelSlim.Fuzzing;

/// <summary>A parser broke what it promises.</summary>
/// <param name="message">What it did, and with which file.</param>
/// <param name="cause">What it threw.</param>
public sealed class FuzzFindingException(string message, Exception? cause = null) : Exception(message, cause);

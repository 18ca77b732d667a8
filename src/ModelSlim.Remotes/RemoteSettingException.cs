namespace ModelSlim.Remotes;

/// <summary>Settings of a remote store contradict each other.</summary>
/// <param name="message">In which way; quotes no secret.</param>
internal sealed class RemoteSettingException(string message) : Exception(message);

namespace ModelSlim.Emulation;

/// <summary>Something that is trained for a few steps.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Train">Trains it; what came out, to the last bit.</param>
internal sealed record Family(string Name, Func<byte[]> Train);

namespace ModelSlim.Remotes;

/// <summary>How long a remote store may take.</summary>
/// <param name="Connect">Until there is a connection.</param>
/// <param name="Patience">For the next part of <see cref="Step"/> bytes, or for all of an answer that is shorter.</param>
/// <param name="Pause">Before the first repetition; about twice as long before the second.</param>
internal sealed record RemoteTimes(TimeSpan Connect, TimeSpan Patience, TimeSpan Pause)
{
    /// <summary>What has to come through in the time of one patience.</summary>
    public const int Step = 1 << 18;

    /// <summary>How often is tried again.</summary>
    public const int Repetitions = 2;

    /// <summary>What a build can bear.</summary>
    public static RemoteTimes Usual { get; } = new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15), TimeSpan.FromMilliseconds(200));
}

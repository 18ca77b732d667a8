namespace ModelSlim.Core.Tests.Caching;

/// <summary>A clock that a test sets. It starts now, because files get the system's time.</summary>
internal sealed class ManualTime : TimeProvider
{
    private DateTimeOffset now = DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => now;

    public void Advance(TimeSpan time) => now += time;
}

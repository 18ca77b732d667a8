namespace ModelSlim.Core.Diagnostics;

/// <summary>How far a long step is.</summary>
/// <param name="Stage">Which stage, such as <c>fine-tune</c>.</param>
/// <param name="Done">Units done.</param>
/// <param name="Total">Units in all; 0 where that is not known.</param>
/// <param name="Detail">What else to show, such as loss and metric.</param>
/// <param name="Remaining">Time left, where it can be told.</param>
public sealed record StageProgress(string Stage, long Done, long Total, string Detail = "", TimeSpan? Remaining = null);

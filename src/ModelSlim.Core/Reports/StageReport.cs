namespace ModelSlim.Core.Reports;

/// <summary>One stage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Metric">The metric after it, where measured.</param>
public sealed record StageReport(string Name, double Seconds, double? Metric = null);

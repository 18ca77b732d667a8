namespace ModelSlim.Core.Reports;

/// <summary>A warning that a result carries along.</summary>
/// <param name="Code">The code, such as <c>MSLIM5040</c>.</param>
/// <param name="Message">One line.</param>
public sealed record ReportedWarning(string Code, string Message);

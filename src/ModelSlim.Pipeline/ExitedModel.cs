using ModelSlim.Core.Exits;
using ModelSlim.Core.Reports;

namespace ModelSlim.Pipeline;

/// <summary>A model with an early exit, or as it was where none pays.</summary>
/// <param name="Cut">The model; nothing is cut.</param>
/// <param name="Exit">The exit; null where none pays.</param>
/// <param name="Report">What was found.</param>
public sealed record ExitedModel(ProvenCut Cut, EarlyExit? Exit, EarlyExitReport Report);

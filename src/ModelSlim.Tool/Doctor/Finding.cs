using System.Text.Json.Nodes;

namespace ModelSlim.Tool.Doctor;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="Name">What, as a field of the JSON document.</param>
/// <param name="Label">What, for people.</param>
/// <param name="Text">What was found, for people; empty where it was not looked at.</param>
/// <param name="Value">What was found, for scripts.</param>
internal sealed record Finding(string Name, string Label, string Text, JsonNode? Value);

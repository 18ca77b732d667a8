namespace ModelSlim.Core.Fingerprints;

/// <summary>What a setting of a recipe can change.</summary>
public enum Affects
{
    /// <summary>The slim model or what is measured on it.</summary>
    Artifact,

    /// <summary>Only whether the artifact is accepted: its measures are judged anew, nothing is made anew.</summary>
    Judgement,

    /// <summary>Only how the app gets the artifact.</summary>
    Delivery,
}

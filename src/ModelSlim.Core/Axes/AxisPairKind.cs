namespace ModelSlim.Core.Axes;

/// <summary>How two axes meet.</summary>
internal enum AxisPairKind
{
    /// <summary>Every index of the one meets every index of the other.</summary>
    Independent,

    /// <summary>Each index of the one meets one index of the other, and the other way round.</summary>
    OneToOne,

    /// <summary>Each output index has one input index, which has several: the output axis joins input axes, or repeats one.</summary>
    OutputIsFiner,

    /// <summary>Each input index has one output index, which has several: the input axis was split.</summary>
    InputIsFiner,

    /// <summary>Anything else.</summary>
    Tangled,
}

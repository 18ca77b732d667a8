namespace ModelSlim.Core.Dependencies;

/// <summary>Kinds of reasons, the most telling first.</summary>
internal enum FreezeKind
{
    /// <summary>The recipe says so.</summary>
    Ignored,

    /// <summary>The operator is not in the catalog.</summary>
    UnknownOperator,

    /// <summary>It leaves the model.</summary>
    Output,

    /// <summary>It comes from the caller.</summary>
    Input,

    /// <summary>The operator says so.</summary>
    Stated,

    /// <summary>The operator says nothing about the axis.</summary>
    Unmentioned,
}

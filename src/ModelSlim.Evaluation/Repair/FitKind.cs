namespace ModelSlim.Evaluation.Repair;

/// <summary>What a layer computes with its weight.</summary>
internal enum FitKind
{
    /// <summary>ONNX Conv: W [M, C/group, ...], channels on axis 1.</summary>
    Convolution,

    /// <summary>ONNX Gemm or MatMul with W [K, M], features on the last axis.</summary>
    Product,

    /// <summary>ONNX Gemm with W [M, K].</summary>
    TransposedProduct,
}

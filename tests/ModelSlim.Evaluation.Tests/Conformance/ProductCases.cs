using static ModelSlim.Evaluation.Tests.Conformance.OperatorCaseBuilder;

namespace ModelSlim.Evaluation.Tests.Conformance;

/// <summary>Cases of Einsum, and of the matrix products that ONNX Runtime's optimizer writes.</summary>
internal static class ProductCases
{
    public static IEnumerable<OperatorCase> All()
    {
        yield return Make("Einsum product", 12, "Einsum", 2 + 4 + 3, [Random(2, 4), Random(4, 3)], ("equation", Text("ij,jk->ik")));
        yield return Make("Einsum without an arrow", 12, "Einsum", 2 + 4 + 3, [Random(2, 4), Random(4, 3)], ("equation", Text("ij, jk")));
        yield return Make("Einsum of heads", 13, "Einsum", 2 + 3 + 5 + 4 + 6, [Random(2, 3, 5, 4), Random(2, 3, 6, 4)], ("equation", Text("bhqd,bhkd->bhqk")));
        yield return Make("Einsum splits an axis", 13, "Einsum", 2 + 5 + 4 + 3 + 6, [Random(2, 5, 4), Random(4, 3, 6)], ("equation", Text("bsm,mhd->bhsd")));
        yield return Make("Einsum sums over two letters", 13, "Einsum", 2 + 5 + 3 + 6 + 4, [Random(2, 5, 3, 6), Random(3, 6, 4)], ("equation", Text("bshd,hdm->bsm")));
        yield return Make("Einsum batched by an ellipsis", 13, "Einsum", 5 + 2 + 4 + 3, [Random(5, 2, 4), Random(5, 4, 3)], ("equation", Text("...ij,...jk->...ik")));
        yield return Make("Einsum broadcast by an ellipsis", 13, "Einsum", 5 + 2 + 4 + 3, [Random(5, 2, 4), Random(1, 4, 3)], ("equation", Text("...ij,...jk->...ik")));
        yield return Make("Einsum of one operand", 13, "Einsum", 2 + 4 + 3, [Random(2, 4, 3)], ("equation", Text("ijk->kj")));
        yield return Make("Einsum transposes", 13, "Einsum", 2 + 4, [Random(2, 4)], ("equation", Text("ij->ji")));
        yield return Make("Einsum outer product", 13, "Einsum", 4 + 3, [Random(4), Random(3)], ("equation", Text("i,j->ij")));
        yield return Make("Einsum of three", 13, "Einsum", 2 + 4 + 3 + 5, [Random(2, 4), Random(4, 3), Random(3, 5)], ("equation", Text("ij,jk,kl->il")));
        yield return Make("Einsum diagonal", 13, "Einsum", 2, [Random(2, 4, 4)], ("equation", Text("bii->bi")));

        yield return MakeFused("FusedMatMul", "FusedMatMul", 1, 2 + 4 + 3, [Random(2, 4), Random(4, 3)], ("alpha", Real(0.5f)));
        yield return MakeFused("FusedMatMul transposed", "FusedMatMul", 1, 5 + 2 + 4 + 3, [Random(5, 4, 2), Random(5, 3, 4)], ("transA", Int(1)), ("transB", Int(1)));
        yield return MakeFused("FusedMatMul of batches in the middle", "FusedMatMul", 1, 5 + 2 + 4 + 3, [Random(2, 5, 4), Random(4, 5, 3)], ("transBatchA", Int(1)), ("transBatchB", Int(1)));
        yield return MakeFused(
            "FusedMatMul of batches in the middle, transposed", "FusedMatMul", 1, 5 + 2 + 4 + 3, [Random(4, 5, 2), Random(3, 5, 4)],
            ("transBatchA", Int(1)), ("transBatchB", Int(1)), ("transA", Int(1)), ("transB", Int(1)));
        yield return MakeFused("FusedMatMul broadcast", "FusedMatMul", 1, 5 + 2 + 4 + 3, [Random(5, 2, 4), Random(3, 4)], ("transB", Int(1)));
        yield return MakeFused("TransposeMatMul", "TransposeMatMul", 1, 2 + 4 + 3, [Random(4, 2), Random(4, 3)], ("transA", Int(1)));
        yield return MakeFused(
            "FusedGemm", "FusedGemm", 1, 2 + 4 + 3, [Random(2, 4), Random(3, 4), Random(3)], ("transB", Int(1)), ("activation", Text("Relu")));
    }
}

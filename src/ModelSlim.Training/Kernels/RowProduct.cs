using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace ModelSlim.Training.Kernels;

/// <summary>
/// Products of many rows with one matrix, as fully connected layers have them. On x64 large ones are convolutions with windows of one
/// position, which torch gives to oneDNN: what computes its matrix products, MKL, gives the same bits on every CPU only in a mode of
/// half the speed.
/// </summary>
internal static class RowProduct
{
    // Below that torch does not give such a convolution to oneDNN.
    private const int Samples = 16;

    // What it costs to turn a product into a convolution pays from here on.
    private const int LeastRows = 64;
    private const int LeastWidth = 32;

    private static readonly bool HasConvolutions = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>A product as of NumPy's matmul.</summary>
    /// <param name="value">[..., K].</param>
    /// <param name="matrix">[K, M]; any other second operand of matmul is multiplied as it is.</param>
    /// <returns>[..., M].</returns>
    /// <exception cref="ArgumentException">Their sizes do not fit.</exception>
    public static Tensor Of(Tensor value, Tensor matrix)
    {
        var shape = value.shape;

        // torch's own error would end the process: what TorchSharp calls for a product lets it through.
        var summed = matrix.dim() == 0 ? -1 : matrix.shape[matrix.dim() == 1 ? 0 : ^2];
        if (shape.Length == 0 || shape[^1] != summed)
        {
            throw new ArgumentException($"[{string.Join(", ", shape)}] and [{string.Join(", ", matrix.shape)}] cannot be multiplied.", nameof(matrix));
        }

        return HasConvolutions && matrix.dim() == 2 && shape.Length >= 2 && value.dtype == ScalarType.Float32 && matrix.dtype == ScalarType.Float32
            && Math.Min(matrix.shape[0], matrix.shape[1]) >= LeastWidth && value.numel() >= LeastRows * shape[^1]
            ? Convolved(value.reshape(-1, shape[^1]), matrix).reshape([.. shape[..^1], matrix.shape[1]])
            : value.matmul(matrix);
    }

    // Rows [R, K] as pictures [16, K, 1, R / 16] in the memory order N, H, W, C, which is that of the rows; zeros fill what is missing.
    private static Tensor Convolved(Tensor rows, Tensor matrix)
    {
        var (count, width, outputs) = (rows.shape[0], rows.shape[1], matrix.shape[1]);
        var length = (count + Samples - 1) / Samples;
        var missing = (length * Samples) - count;
        var full = missing == 0 ? rows : nn.functional.pad(rows, [0, 0, 0, missing]);
        var pictures = full.reshape(Samples, 1, length, width).permute(0, 3, 1, 2);
        var filters = matrix.t().reshape(outputs, width, 1, 1);
        var product = nn.functional.conv2d(pictures, filters).permute(0, 2, 3, 1).reshape(length * Samples, outputs);
        return missing == 0 ? product : product.narrow(0, 0, count);
    }
}

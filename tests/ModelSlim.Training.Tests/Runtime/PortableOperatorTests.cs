using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ModelSlim.Training.Runtime;
using static TorchSharp.torch;

namespace ModelSlim.Training.Tests.Runtime;

/// <summary>
/// The numerics classes promise the same bytes for operators that were compared on emulated CPUs (tests/ModelSlim.Emulation). Whoever
/// calls another one of torch adds it here after <c>compare all</c> was run with a case that reaches it; what is in
/// <see cref="Refused"/> is known to differ.
/// </summary>
public sealed class PortableOperatorTests
{
    // Functions of torch, of a tensor and of torch.nn.functional alike; a trailing underscore is the form that writes over its operand.
    private static readonly ImmutableHashSet<string> Compared =
    [
        .. Words("abs acos acosh add amax amin arange argmax argmin asin asinh atan2 atanh avg_pool1d avg_pool2d avg_pool3d batch_norm"),
        .. Words("bitwise_and bitwise_left_shift bitwise_not bitwise_or bitwise_right_shift bitwise_xor"),
        .. Words("ceil clamp clamp_max clamp_min conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d cos cosh cross_entropy cumsum det"),
        .. Words("div einsum elu eq erf exp fft floor fmod ge grid_sample gt hardswish hardtanh ifft index_add isinf isnan layer_norm le leaky_relu linear log log_softmax logsigmoid"),
        .. Words("logical_and logical_not logical_or logical_xor lt masked_fill matmul max_pool1d max_pool2d max_pool3d maximum mean minimum mul ne neg nonzero"),
        .. Words("op_Addition op_Division op_Multiply op_Subtraction op_UnaryNegation pow prod reciprocal relu remainder round rsqrt scatter_add sigmoid sign sin sinh"),
        .. Words("max_pool1d_with_indices max_pool2d_with_indices max_pool3d_with_indices softmax softplus square sub sum tan tanh topk trunc"),
    ];

    // What makes, moves, names or frees numbers, and computes none.
    private static readonly ImmutableHashSet<string> Moving =
    [
        .. Words("DetachFromDisposeScope Dispose MoveToOuterDisposeScope NewDisposeScope alias backward cat chunk clone complex contiguous copy data detach dim empty expand"),
        .. Words("flatten flip full gather get_TensorItems get_bytes get_dtype get_grad get_imag get_num_threads get_real get_requires_grad get_shape index_select is_floating_point item"),
        .. Words("meshgrid narrow no_grad numel ones ones_like op_Implicit pad permute repeat requires_grad reshape scatter select set_grad set_num_interop_threads set_num_threads"),
        .. Words("slice squeeze stack t tensor to transpose tril triu unbind unfold unsqueeze view_as where zero zeros zeros_like"),
    ];

    private static readonly ImmutableHashSet<string> Refused =
    [
        .. Words("sqrt atan std var norm cdist svd qr rand randn randint randperm rand_like randn_like bernoulli multinomial normal uniform dropout manual_seed"),
    ];

    [Fact]
    public void Training_calls_only_what_gives_the_same_bits_everywhere()
    {
        var called = Called(typeof(NumericsClass).Assembly.Location);
        Assert.Contains("conv2d", called);
        Assert.Empty(called.Except(Compared).Except(Moving));
    }

    [Fact]
    public void Nothing_that_differs_is_allowed() => Assert.Empty(Refused.Intersect(Compared.Union(Moving)));

    /// <summary>The reader sees calls through a static using, of a tensor and of the functional module.</summary>
    [Fact]
    public void The_calls_of_an_assembly_are_found()
    {
        var called = Called(typeof(PortableOperatorTests).Assembly.Location);
        Assert.Contains("sqrt", called);
        Assert.Contains("std", called);
        Assert.Contains("alpha_dropout", called);
    }

    // Never run: calls for the reader to find.
    internal static Tensor Forbidden(Tensor value) => nn.functional.alpha_dropout(sqrt(value).sub_(value.std()));

    private static ImmutableHashSet<string> Called(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences
                .Select(metadata.GetMemberReference)
                .Where(member => member.Parent.Kind == HandleKind.TypeReference && IsTorch(metadata, (TypeReferenceHandle)member.Parent))
                .Select(member => metadata.GetString(member.Name).TrimEnd('_')),
        ];
    }

    private static bool IsTorch(MetadataReader metadata, TypeReferenceHandle type)
    {
        var reference = metadata.GetTypeReference(type);
        return reference.ResolutionScope.Kind == HandleKind.TypeReference
            ? IsTorch(metadata, (TypeReferenceHandle)reference.ResolutionScope)
            : metadata.GetString(reference.Namespace).StartsWith("TorchSharp", StringComparison.Ordinal);
    }

    private static string[] Words(string text) => text.Split(' ');
}

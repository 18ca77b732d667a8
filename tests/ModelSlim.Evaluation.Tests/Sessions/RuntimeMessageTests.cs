using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Evaluation.Tests.Sessions;

public sealed class RuntimeMessageTests
{
    [Theory]
    [InlineData("[ErrorCode:Fail] Load model failed\nat some place", "Load model failed")]
    [InlineData(
        "[ErrorCode:RuntimeException] Non-zero status code returned while running Conv node. Name:'c' Status Message: /onnxruntime_src/include/safeint.h:17 static void SafeIntExceptionHandler<onnxruntime::OnnxRuntimeException>::SafeIntOnOverflow() Integer overflow",
        "Non-zero status code returned while running Conv node. Name:'c' Status Message: Integer overflow")]
    [InlineData("D:\\a\\core\\conv.cc:99 onnxruntime::Conv::Compute(OpKernelContext *) const kernel_shape is wrong", "kernel_shape is wrong")]
    [InlineData("nothing to leave out (here)", "nothing to leave out (here)")]
    public void Is_one_line_without_places_in_the_runtime(string message, string expected) => Assert.Equal(expected, RuntimeMessage.Of(message));

    [Fact]
    public void Is_no_longer_than_one_reads() => Assert.Equal(303, RuntimeMessage.Of(new string('x', 5000)).Length);
}

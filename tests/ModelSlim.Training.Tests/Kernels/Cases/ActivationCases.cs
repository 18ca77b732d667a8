namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Functions of one value.</summary>
internal static class ActivationCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var name in new[] { "Relu", "Sigmoid", "HardSigmoid", "LeakyRelu", "Identity", "Dropout" })
        {
            yield return KernelCase.Of(name, name).Fed(2, 3, 4);
        }

        yield return KernelCase.Of("HardSwish", "HardSwish", 14).Fed(2, 3, 40);
        yield return KernelCase.Of("HardSigmoid, attributes", "HardSigmoid").Fed(5, 5).With("alpha", 0.7f).With("beta", 0.3f);
        yield return KernelCase.Of("LeakyRelu, attribute", "LeakyRelu").Fed(5, 5).With("alpha", 0.3f);
        yield return KernelCase.Of("Dropout, opset 7", "Dropout", 7).Fed(5, 5).With("ratio", 0.3f);
        yield return KernelCase.Of("Clip, attributes", "Clip", 6).Fed(4, 5).With("min", -0.5f).With("max", 1f);
        yield return KernelCase.Of("Clip, inputs", "Clip").Fed(4, 5).Number(-0.5f).Number(1);
        yield return KernelCase.Of("Clip, max alone", "Clip").Fed(4, 5).Nothing().Number(1);
        yield return KernelCase.Of("Clip, min alone", "Clip").Fed(4, 5).Number(0);
        yield return KernelCase.Of("Clip, no bound", "Clip").Fed(4, 5);
        yield return KernelCase.Of("Softmax", "Softmax").Fed(2, 3, 4);
        yield return KernelCase.Of("Softmax, axis 1", "Softmax").Fed(2, 3, 4).With("axis", 1);
        yield return KernelCase.Of("Softmax, opset 11", "Softmax", 11).Fed(2, 3, 4);
        yield return KernelCase.Of("Softmax, opset 11, axis 2", "Softmax", 11).Fed(2, 3, 4).With("axis", 2);
        yield return KernelCase.Of("Softmax, opset 11, axis -2", "Softmax", 11).Fed(2, 3, 4).With("axis", -2);
        foreach (var name in new[] { "Abs", "Atan", "Cos", "Elu", "Erf", "Exp", "Neg", "Selu", "Sin", "Softplus", "Softsign", "Tanh", "ThresholdedRelu" })
        {
            yield return KernelCase.Of(name, name).Fed(2, 3, 40);
        }

        foreach (var name in new[] { "Acosh", "Asin", "Acos", "Asinh", "Atanh", "Cosh", "Log", "Reciprocal", "Sinh", "Sqrt", "Tan" })
        {
            var sample = KernelCase.Of(name, name);
            yield return name is "Asin" or "Acos" or "Atanh" ? sample.FedFraction(2, 3, 4) : name == "Acosh" ? sample.FedAboveOne(2, 3, 4) : sample.FedPositive(2, 3, 4);
        }

        foreach (var name in new[] { "Affine", "ParametricSoftplus", "ScaledTanh" })
        {
            yield return KernelCase.Of(name, name, 7).Fed(2, 3, 4).With("alpha", 0.7f).With("beta", 1.3f);
        }

        foreach (var name in new[] { "Ceil", "Floor", "Round", "Sign" })
        {
            yield return KernelCase.Of(name, name).Fed(2, 3, 4);
        }

        yield return KernelCase.Of("Celu", "Celu", 12).Fed(5, 5).With("alpha", 0.7f);
        yield return KernelCase.Of("Elu, attribute", "Elu").Fed(5, 5).With("alpha", 0.3f);
        yield return KernelCase.Of("Gelu", "Gelu", 20).Fed(2, 3, 40);
        yield return KernelCase.Of("Gelu, tanh", "Gelu", 20).Fed(2, 3, 40).With("approximate", "tanh");
        yield return KernelCase.Of("Mish", "Mish", 18).Fed(2, 3, 40);
        yield return KernelCase.Of("Selu, attributes", "Selu").Fed(5, 5).With("alpha", 1.2f).With("gamma", 0.8f);
        yield return KernelCase.Of("Shrink", "Shrink").Fed(5, 5).With("lambd", 0.8f).With("bias", 0.3f);
        yield return KernelCase.Of("Swish", "Swish", 24).Fed(5, 5).With("alpha", 1.3f);
        yield return KernelCase.Of("ThresholdedRelu, attribute", "ThresholdedRelu").Fed(5, 5).With("alpha", 0.4f);
        yield return KernelCase.Of("PRelu, one slope", "PRelu").Fed(2, 3, 4, 2).Positive(1);
        yield return KernelCase.Of("PRelu, a slope a channel", "PRelu").Fed(2, 3, 4, 2).Positive(3, 1, 1);
        yield return KernelCase.Of("PRelu, opset 16", "PRelu", 16).Fed(2, 3, 4).Weight(1, 3, 1);
        yield return KernelCase.Of("LogSoftmax", "LogSoftmax").Fed(2, 3, 4).With("axis", 1);
        yield return KernelCase.Of("LogSoftmax, opset 11", "LogSoftmax", 11).Fed(2, 3, 4);
        yield return KernelCase.Of("Hardmax", "Hardmax").Fed(2, 3, 4).WithoutGradients();
        yield return KernelCase.Of("Hardmax, opset 11", "Hardmax", 11).Fed(2, 3, 4).WithoutGradients();
    }
}

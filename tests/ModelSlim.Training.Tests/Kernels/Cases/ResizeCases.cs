namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Resize and Upsample.</summary>
internal static class ResizeCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var mode in new[] { "half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric" })
        {
            var opset = mode == "half_pixel_symmetric" ? 19 : 13;
            foreach (var kind in new[] { "nearest", "linear", "cubic" })
            {
                yield return Resize($"{kind}, {mode}, larger", opset).Fed(1, 2, 4, 3).Nothing().Numbers(1, 1, 2, 1.5f)
                    .With("mode", kind).With("coordinate_transformation_mode", mode);
                yield return Resize($"{kind}, {mode}, smaller", opset).Fed(1, 2, 7, 6).Nothing().Nothing().Integers(1, 2, 3, 4)
                    .With("mode", kind).With("coordinate_transformation_mode", mode);
            }
        }

        foreach (var rounding in new[] { "floor", "ceil", "round_prefer_floor", "round_prefer_ceil" })
        {
            yield return Resize($"nearest, {rounding}").Fed(1, 2, 4, 5).Nothing().Nothing().Integers(1, 2, 8, 7)
                .With("mode", "nearest").With("nearest_mode", rounding).With("coordinate_transformation_mode", "half_pixel");
        }

        yield return Resize("tf_half_pixel_for_nn", 11).Fed(1, 2, 4, 5).Numbers().Numbers().Integers(1, 2, 8, 7)
            .With("mode", "nearest").With("nearest_mode", "floor").With("coordinate_transformation_mode", "tf_half_pixel_for_nn");
        yield return Resize("cubic, inside alone").Fed(1, 1, 5, 4).Nothing().Numbers(1, 1, 1.6f, 2)
            .With("mode", "cubic").With("exclude_outside", 1).With("cubic_coeff_a", -0.5f);
        yield return Resize("linear, 1-D").Fed(2, 3, 5).Nothing().Numbers(1, 1, 2).With("mode", "linear");
        yield return Resize("linear, 3-D").Fed(1, 2, 3, 4, 2).Nothing().Numbers(1, 1, 2, 1.5f, 2).With("mode", "linear");
        yield return Resize("channels last").Fed(1, 3, 4, 2).Nothing().Numbers(1, 2, 2, 1).With("mode", "linear");
        yield return Resize("opset 10", 10).Fed(1, 2, 4, 3).Numbers(1, 1, 2, 2.5f).With("mode", "nearest");
        yield return Resize("linear, opset 10", 10).Fed(1, 2, 4, 3).Numbers(1, 1, 2, 2.5f).With("mode", "linear");
        yield return Resize("axes", 18).Fed(1, 2, 4, 3).Nothing().Nothing().Integers(6, 8).With("axes", [3, 2]).With("mode", "linear");
        yield return Resize("not larger", 18).Fed(1, 2, 4, 3).Nothing().Nothing().Integers(8, 9)
            .With("axes", [2, 3]).With("keep_aspect_ratio_policy", "not_larger").With("mode", "linear");
        yield return Resize("not smaller", 18).Fed(1, 2, 4, 3).Nothing().Nothing().Integers(8, 9)
            .With("axes", [2, 3]).With("keep_aspect_ratio_policy", "not_smaller").With("mode", "linear");
        yield return KernelCase.Of("Upsample, opset 9", "Upsample", 9).Fed(1, 2, 4, 3).Numbers(1, 1, 2, 3).With("mode", "nearest");
        yield return KernelCase.Of("Upsample, opset 7", "Upsample", 7).Fed(1, 2, 4, 3).With("scales", [1f, 1, 2, 2]).With("mode", "linear");

        static KernelCase Resize(string form, int opset = 13) => KernelCase.Of($"Resize, {form}", "Resize", opset);
    }
}

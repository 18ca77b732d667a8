using ModelSlim.Core.Tensors;

namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Attention with fewer heads of keys than of queries, as generative networks have it. 4 queries in a sample, 2 heads a head of keys.</summary>
internal static class GroupQueryCases
{
    private const int Samples = 2;
    private const int Length = 4;

    public static IEnumerable<KernelCase> All() => [.. Plain(), .. Turned(), .. Scored()];

    private static IEnumerable<KernelCase> Plain()
    {
        yield return Apart("GroupQueryAttention").Past().Whole().Sized(4, 2);
        yield return Of("GroupQueryAttention, packed").Fed(Samples, Length, 8 * 8).Nothing().Nothing().Past().Whole().Sized(4, 2);
        yield return Apart("GroupQueryAttention, no past").Nothing().Nothing().Whole().Sized(4, 2);
        yield return Of("GroupQueryAttention, one query").Fed(1, 1, 16).Fed(1, 1, 8).Fed(1, 1, 8).Nothing().Nothing().Lengths(0).Total(1).Sized(2, 1);
        yield return Of("GroupQueryAttention, a head of keys each").Fed(1, Length, 16).Fed(1, Length, 16).Fed(1, Length, 16)
            .Nothing().Nothing().Lengths(Length - 1).Total(Length).Sized(2, 2);
        yield return Apart("GroupQueryAttention, lengths").Past().Lengths(Length - 1, 1).Total(Length).Sized(4, 2);
        foreach (var window in new[] { 1, 2, Length })
        {
            yield return Apart($"GroupQueryAttention, window {window}").Past().Whole().Sized(4, 2).With("local_window_size", window);
            yield return Apart($"GroupQueryAttention, window {window}, lengths").Past().Lengths(Length - 1, 2).Total(Length).Sized(4, 2)
                .With("local_window_size", window);
        }
    }

    // 2 heads of width 16, 1 of keys.
    private static IEnumerable<KernelCase> Turned()
    {
        foreach (var interleaved in new[] { 0, 1 })
        {
            KernelCase Turning(KernelCase sample, params int[] lengths) => sample.Nothing().Nothing().Lengths(lengths).Total(Length)
                .Weight(6, 8).Weight(6, 8).Sized(2, 1).With("do_rotary", 1).With("rotary_interleaved", interleaved);
            KernelCase Wide(string name) => Of($"GroupQueryAttention, {name}, {interleaved}")
                .Fed(Samples, Length, 32).Fed(Samples, Length, 16).Fed(Samples, Length, 16);
            yield return Turning(Wide("turned"), Length - 1, Length - 1);
            yield return Turning(Wide("turned, lengths"), 1, Length - 1);
            yield return Turning(Wide("turned, positions"), Length - 1, Length - 1).IntegersOf([Samples, Length], 2, 0, 1, 3, 4, 5, 1, 2);
            yield return Turning(
                Of($"GroupQueryAttention, turned, packed, {interleaved}").Fed(Samples, Length, 64).Nothing().Nothing(), Length - 1, Length - 1);
            yield return Turning(
                Of($"GroupQueryAttention, turned in part, {interleaved}").Fed(1, Length, 64).Fed(1, Length, 32).Fed(1, Length, 32), Length - 1);
        }
    }

    private static IEnumerable<KernelCase> Scored()
    {
        yield return Apart("GroupQueryAttention, scale, cap").Past().Whole().Sized(4, 2).With("scale", 0.3f).With("softcap", 1.5f);
        KernelCase Extra(string name) => Apart($"GroupQueryAttention, {name}").Past().Whole().Nothing().Nothing().Nothing().Sized(4, 2);
        yield return Extra("addends").Fed(1, 4, Length, Length).With("softcap", 2f).With("local_window_size", 2);
        yield return Extra("addends of all heads").Fed(Samples, 1, Length, Length);
        yield return Extra("sinks").Nothing().Weight(4);
        yield return Apart("GroupQueryAttention, smooth").Past().Whole().Sized(4, 2).With("smooth_softmax", 1);
    }

    // 4 heads of width 8, 2 of keys.
    private static KernelCase Apart(string name) => Of(name).Fed(Samples, Length, 32).Fed(Samples, Length, 16).Fed(Samples, Length, 16);

    private static KernelCase Of(string name) =>
        KernelCase.Of(name, "GroupQueryAttention", 17, "com.microsoft").Reading("keys", "values");

    private static KernelCase Past(this KernelCase sample) =>
        sample.Stored(TensorData.From([Samples, 2, 0, 8], ReadOnlySpan<float>.Empty)).Stored(TensorData.From([Samples, 2, 0, 8], ReadOnlySpan<float>.Empty));

    private static KernelCase Whole(this KernelCase sample) => sample.Lengths(Length - 1, Length - 1).Total(Length);

    private static KernelCase Total(this KernelCase sample, int length) => sample.Stored(TensorData.Integers(ElementType.Int32, [], [length]));

    private static KernelCase Sized(this KernelCase sample, int heads, int keyHeads) => sample.With("num_heads", heads).With("kv_num_heads", keyHeads);
}

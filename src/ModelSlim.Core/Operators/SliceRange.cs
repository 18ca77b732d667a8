using System.Collections.Immutable;

namespace ModelSlim.Core.Operators;

/// <summary>The indices a Slice takes of one axis: Start, Start + Step, and so on, up to End, which it does not take.</summary>
/// <param name="Start">First index; an empty range may start outside the axis.</param>
/// <param name="End">Bound; -1 where a range that steps back goes down to index 0.</param>
/// <param name="Step">Step, not 0.</param>
internal readonly record struct SliceRange(long Start, long End, long Step)
{
    private const long BeforeFirst = -int.MaxValue;

    /// <summary>What to state, for an axis of any extent: a bound below 0 would count from the end.</summary>
    public (long Start, long End) Bounds => (Start, End < 0 ? BeforeFirst : End);

    /// <summary>The range that stated bounds mean on an axis of some extent (ONNX Slice 13).</summary>
    public static SliceRange Of(long start, long end, long step, int extent)
    {
        start = Math.Clamp(start < 0 ? start + extent : start, 0, step > 0 ? extent : extent - 1);
        var bound = step > 0 ? 0 : -1;
        end = end < 0 ? Math.Max(end, -extent - 1L) + extent : end;
        return new SliceRange(start, Math.Clamp(end, bound, extent), step);
    }

    /// <summary>For every index of the axis: the output index that it goes with, taken or skipped; -1 outside the range.</summary>
    public ImmutableArray<int> OutputOfInput(int extent)
    {
        var (start, end, step) = this;
        return [.. Enumerable.Range(0, extent).Select(index =>
            step > 0
                ? index >= start && index < end ? (int)((index - start) / step) : -1
                : index <= start && index > end ? (int)((start - index) / -step) : -1)];
    }

    /// <summary>The same range when only some indices are left.</summary>
    /// <param name="kept">The indices that are left, ascending.</param>
    public SliceRange Among(ImmutableArray<int> kept)
    {
        var (start, end) = this;
        return Step > 0
            ? this with { Start = kept.Count(index => index < start), End = kept.Count(index => index < end) }
            : this with { Start = kept.Count(index => index <= start) - 1, End = kept.Count(index => index <= end) - 1 };
    }

    private void Deconstruct(out long start, out long end) => (start, end) = (Start, End);
}

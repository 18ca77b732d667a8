namespace ModelSlim.Core.Pruning;

/// <summary>
/// Which numbers of channels a group may be left with, and how much of what is then computed less is time that is saved. ONNX
/// Runtime's convolutions and products take channels in vectors of 8 (AVX2) or 16 (AVX-512) and pad what does not fill the last
/// one. The plan must not depend on the machine it is made on, and multiples of 16 fill both.
/// </summary>
/// <param name="channels">Channels of the whole group.</param>
/// <param name="roundTo">What numbers of channels are a multiple of; null means whatever suits processors.</param>
internal sealed class WidthSteps(int channels, int? roundTo)
{
    private const int Vector = 16;

    /// <summary>The next smaller number of channels; not above 0 where there is none.</summary>
    public int Below(int left)
    {
        var step = roundTo ?? Step(left);
        return left - (left % step == 0 ? step : left % step);
    }

    /// <summary>
    /// What a block is divided into where it goes much too far: single channels, since a vector that is not full takes no longer; nothing
    /// where widths are told.
    /// </summary>
    public int Fine(int block) => roundTo is null ? 1 : block;

    /// <summary>
    /// What going to fewer channels saves, per channel that goes: 1 where vectors go as channels do. Three quarters of it go with
    /// vectors of 16; the rest is for processors on which narrower ones count.
    /// </summary>
    public double Gain(int left, int next) => roundTo is not null ? 1 : (1 + (3.0 * (Padded(left) - Padded(next)) / (left - next))) / 4;

    private static int Padded(int width) => (width + Vector - 1) / Vector * Vector;

    // Groups too narrow for vectors keep a choice of several widths.
    private int Step(int left) => channels switch
    {
        >= 2 * Vector when left > Vector => Vector,
        >= Vector => Vector / 2,
        >= 8 => 4,
        >= 4 => 2,
        _ => 1,
    };
}

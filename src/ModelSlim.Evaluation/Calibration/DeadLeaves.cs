using ModelSlim.Core.Data;

namespace ModelSlim.Evaluation.Calibration;

/// <summary>
/// Pictures of nothing: boxes and ellipses of random places, sizes and tones, shaded and textured, that cover each other on a
/// plain ground. Their edges, flat parts and occlusions are those of real pictures (the dead leaves model: Lee, Mumford, Huang
/// 2001; as training data: Baradad et al. 2021, "Learning to see by looking at noise").
/// </summary>
internal sealed class DeadLeaves(int channels, int height, int width, SplitMix random)
{
    private const int MostLeaves = 12;
    private const float Smallest = 0.05f;
    private const float Spread = 0.45f;
    private const float Shade = 0.6f;

    private readonly float[] texture = SmoothNoise.Draw(height, width, random);

    /// <summary>Paints a picture.</summary>
    /// <returns>For each channel [H, W], from 0 to 1.</returns>
    public float[][] Paint()
    {
        // The ground of many pictures is as dark or as bright as can be.
        var plain = random.NextInt(2) == 0;
        var planes = new float[channels][];
        for (var channel = 0; channel < channels; channel++)
        {
            planes[channel] = new float[height * width];
            Array.Fill(planes[channel], plain ? random.NextInt(4) == 0 ? 1 : 0 : random.NextSingle());
        }

        // Few leaves are more likely than many, and half of all pictures show something in the middle.
        var count = 1 + (int)(MostLeaves * random.NextSingle() * random.NextSingle());
        var centred = random.NextInt(2) == 0;
        for (var leaf = 0; leaf < count; leaf++)
        {
            Cover(planes, Place(centred), Place(centred));
        }

        return planes;
    }

    private float Place(bool centred) => centred ? 0.5f + (0.4f * (random.NextSingle() - 0.5f)) : random.NextSingle();

    private void Cover(float[][] planes, float y, float x)
    {
        var (centreY, centreX) = (y * height, x * width);
        var radiusY = (Smallest + (Spread * random.NextSingle())) * height;
        var radiusX = (Smallest + (Spread * random.NextSingle())) * width;
        var angle = random.NextInt(2) * MathF.PI * random.NextSingle();
        var (sin, cos) = (MathF.Sin(angle), MathF.Cos(angle));
        var box = random.NextInt(2) == 0;
        var rough = random.NextInt(2) * random.NextSingle();
        var (slopeY, slopeX) = (Shade * (random.NextSingle() - 0.5f), Shade * (random.NextSingle() - 0.5f));
        var tones = Array.ConvertAll(planes, _ => random.NextSingle());
        var reach = MathF.Sqrt((radiusY * radiusY) + (radiusX * radiusX));
        for (var row = Math.Max(0, (int)(centreY - reach)); row < Math.Min(height, centreY + reach); row++)
        {
            for (var column = Math.Max(0, (int)(centreX - reach)); column < Math.Min(width, centreX + reach); column++)
            {
                var (down, right) = (row - centreY, column - centreX);
                var u = ((cos * right) + (sin * down)) / radiusX;
                var v = ((cos * down) - (sin * right)) / radiusY;
                if (box ? Math.Abs(u) <= 1 && Math.Abs(v) <= 1 : (u * u) + (v * v) <= 1)
                {
                    var place = (row * width) + column;
                    var shade = (slopeY * v) + (slopeX * u) + (rough * (texture[place] - 0.5f));
                    for (var channel = 0; channel < planes.Length; channel++)
                    {
                        planes[channel][place] = Math.Clamp(tones[channel] + shade, 0, 1);
                    }
                }
            }
        }
    }
}

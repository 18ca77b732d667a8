using System.Diagnostics;

namespace FashionClassifier;

/// <summary>Times two models in turn, so that whatever else the machine does meets both.</summary>
public sealed class LatencyDuel
{
    private const int WarmUp = 50;
    private const int Rounds = 500;

    /// <summary>Gives the median time of one picture, in milliseconds, for each.</summary>
    public (double First, double Second) Run(FashionNet first, FashionNet second, ReadOnlyMemory<byte> pixels)
    {
        var (a, b) = (new double[Rounds], new double[Rounds]);
        for (var round = -WarmUp; round < Rounds; round++)
        {
            var (x, y) = (Time(first, pixels), Time(second, pixels));
            if (round >= 0)
            {
                (a[round], b[round]) = (x, y);
            }
        }

        return (Median(a), Median(b));
    }

    private static double Time(FashionNet net, ReadOnlyMemory<byte> pixels)
    {
        var start = Stopwatch.GetTimestamp();
        net.Classify(pixels);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(double[] times)
    {
        Array.Sort(times);
        return times[times.Length / 2];
    }
}

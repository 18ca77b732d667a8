using System.Diagnostics;
using System.Security.Cryptography;
using CsCheck;

namespace ModelSlim.Fuzzing;

/// <summary>Gives a parser damaged files, and the least of those with which it breaks what it promises.</summary>
/// <param name="target">The parser.</param>
/// <param name="findings">Folder where a file is kept with which it does.</param>
public sealed class FuzzRun(FuzzTarget target, string findings)
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly Gen<Edit> Edits = Gen.Select(
        Gen.Enum<EditKind>(), Gen.Int[0, Edit.Whole - 1], Gen.Bool, Gen.Int[0, 40], Gen.Int[0, 1 << 24],
        (kind, at, near, size, value) => new Edit(kind, at, near, size, value));

    private long inputs;
    private long accepted;
    private long largest;
    private TimeSpan slowest;
    private byte[] current = [];
    private long started;

    /// <summary>Runs for some seconds.</summary>
    /// <exception cref="FuzzFindingException">The parser breaks what it promises.</exception>
    public FuzzTally Run(int seconds)
    {
        IReadOnlyList<byte[]> seeds = [.. target.Seeds, .. StoredCases.Of(target.Name)];
        foreach (var seed in seeds)
        {
            Try(seed);
        }

        var mutator = new FileMutator(seeds);
        var files = Gen.Select(
            Gen.Int[0, seeds.Count - 1], Edits.Array[1, 6], Gen.Bool,
            (seed, edits, sealing) => (Seed: seed, Edits: edits, Sealing: sealing));
        byte[] Make((int Seed, Edit[] Edits, bool Sealing) input) => mutator.Apply(input.Seed, input.Edits) is var file && input.Sealing ? target.Seal(file) : file;
        Exception? failure = null;
        Volatile.Write(ref started, Stopwatch.GetTimestamp());
        var worker = new Thread(() =>
        {
            try
            {
                files.Sample(input => Try(Make(input)), time: seconds, threads: 1, print: input => Keep(Make(input)));
            }
            catch (Exception e)
            {
                failure = e;
            }
        })
        {
            IsBackground = true,
        };
        worker.Start();
        while (!worker.Join(Pause))
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref started)) > Hang)
            {
                throw new FuzzFindingException($"{target.Name} hangs over {Keep(Volatile.Read(ref current))}");
            }
        }

        return failure is null
            ? new FuzzTally(target.Name, inputs, accepted, largest, slowest)
            : throw new FuzzFindingException($"{target.Name}: {failure.Message}", failure);
    }

    /// <summary>Gives it one file.</summary>
    /// <exception cref="FuzzFindingException">It takes too much time or memory.</exception>
    public void Try(byte[] file)
    {
        Volatile.Write(ref current, file);
        Volatile.Write(ref started, Stopwatch.GetTimestamp());
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), ThreadTime.Now);
        if (target.Read(file))
        {
            accepted++;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var time = ThreadTime.Now - start;
        inputs++;
        largest = Math.Max(largest, allocated);
        slowest = time > slowest ? time : slowest;
        if (allocated > target.MostAllocated(file.Length) || time > MostTime)
        {
            throw new FuzzFindingException($"{target.Name} takes {allocated:N0} bytes and {time.TotalSeconds:F1} s for {file.Length:N0} bytes");
        }
    }

    private string Keep(byte[] file)
    {
        Directory.CreateDirectory(findings);
        var path = Path.Combine(findings, $"{target.Name}-{Convert.ToHexStringLower(SHA256.HashData(file))[..16]}");
        File.WriteAllBytes(path, file);
        return path;
    }
}

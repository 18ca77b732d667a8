using static TorchSharp.torch;

namespace ModelSlim.Training.FineTuning;

/// <summary>
/// What is compared of a value inside a network: all of it where student and teacher are equally wide (FitNets, Romero et al. 2015), else
/// where in space it is strong (attention transfer, Zagoruyko and Komodakis 2017).
/// </summary>
internal static class Features
{
    private const double LeastSquare = 1e-6;

    /// <summary>What the teacher's value is kept as, [B, K].</summary>
    /// <param name="teacher">The teacher's, [B, C, ...].</param>
    /// <param name="student">The student's, alike in space.</param>
    public static Tensor Kept(Tensor teacher, Tensor student) =>
        student.dim() == 2 || (student.shape[1] == teacher.shape[1] && student.shape[1] > 1) ? teacher.flatten(1) : Strength(teacher);

    /// <summary>How far they are apart: a scalar, about 1 where they have nothing in common.</summary>
    /// <param name="student">The student's, [B, C, ...].</param>
    /// <param name="teacher">What <see cref="Kept"/> kept.</param>
    /// <param name="all">The same for all samples of a step, which the distance is relative to; null where these are all.</param>
    public static Tensor Distance(Tensor student, Tensor teacher, Tensor? all = null)
    {
        // One channel says where it is strong, and nothing else.
        var own = student.flatten(1);
        return student.dim() == 2 || (own.shape[1] == teacher.shape[1] && student.shape[1] > 1)
            ? (own - teacher).square().mean() / (all ?? teacher).square().mean().clamp_min(LeastSquare)
            : (Unit(Strength(student)) - Unit(teacher)).square().sum(1).mean();
    }

    private static Tensor Strength(Tensor value) => value.square().mean([1]).flatten(1);

    private static Tensor Unit(Tensor map) => map * map.square().sum(1, keepdim: true).clamp_min(LeastSquare).rsqrt();
}

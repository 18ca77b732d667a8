using ModelSlim.Core.Recipes;

namespace ModelSlim.Evaluation.Metrics;

/// <summary>Two models measured on the same samples.</summary>
public sealed record Comparison
{
    /// <summary>Number of samples.</summary>
    public required int Samples { get; init; }

    /// <summary>Fraction of labels hit by the original's largest output; null without labels.</summary>
    public ClassHits? Original { get; init; }

    /// <summary>The same for the slim model.</summary>
    public ClassHits? Slim { get; init; }

    /// <summary>Fraction of samples on which both have their largest value at the same place; of several outputs the least.</summary>
    public required double Agreement { get; init; }

    /// <summary>Mean squared difference of an output, relative to the mean square of the original's; of several outputs the largest.</summary>
    public required double Mse { get; init; }

    /// <summary>Largest difference of an output, relative to its largest value in the original; of several outputs the largest.</summary>
    public required double MaxError { get; init; }

    /// <summary>The original's and the slim model's value of a metric; null where it needs labels and there are none.</summary>
    public (double Original, double Slim)? Of(Metric metric) => metric switch
    {
        Metric.Accuracy when Original is not null && Slim is not null => (Original.Top1, Slim.Top1),
        Metric.Top5 when Original is not null && Slim is not null => (Original.Top5, Slim.Top5),
        Metric.Agreement => (1, Agreement),
        Metric.Mse => (0, Mse),
        _ => null,
    };

    /// <summary>How much worse the slim model is: points of the metric as a fraction, or the error itself for mse.</summary>
    public double? Drop(Metric metric) => Of(metric) is not { } values
        ? null
        : metric == Metric.Mse ? values.Slim : values.Original - values.Slim;
}

namespace ModelSlim.Evaluation.Repair;

/// <summary>What happens to each channel on the way from a layer's product to its goal.</summary>
internal sealed class GoalWay
{
    private InterceptPlace? intercept;

    /// <summary>Starts at the product.</summary>
    /// <param name="channels">Number of channels.</param>
    /// <param name="scale">Factor that the layer itself multiplies by.</param>
    public GoalWay(int channels, double scale)
    {
        Scale = [.. Enumerable.Repeat(scale, channels)];
        Shift = new double[channels];
    }

    /// <summary>Per channel, the factor so far.</summary>
    public double[] Scale { get; private set; }

    /// <summary>Per channel, what was added so far.</summary>
    public double[] Shift { get; private set; }

    /// <summary>The computed value that was added, or null.</summary>
    public string? Beside { get; set; }

    /// <summary>Multiplies all that is there.</summary>
    public void Multiply(double[] factors)
    {
        Scale = [.. Scale.Zip(factors, (scale, factor) => scale * factor)];
        Shift = [.. Shift.Zip(factors, (shift, factor) => shift * factor)];
    }

    /// <summary>Adds to what is there.</summary>
    public void Add(double[] values) => Shift = [.. Shift.Zip(values, (shift, value) => shift + value)];

    /// <summary>Offers a place for the intercept; the first is taken.</summary>
    public void Offer(InterceptPlace? place) => intercept ??= place;

    /// <summary>The site; null where a channel does not reach the goal.</summary>
    public FitSite? To(LayerForm form, string? goal, Bounds activation) => Scale.Any(s => Math.Abs(s) < 1e-12 || !double.IsFinite(s))
        ? null
        : new FitSite { Form = form, Intercept = intercept, Goal = goal, Scale = Scale, Shift = Shift, Beside = Beside, Activation = activation };
}

using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>Turns a stored sample into a model input: resize, colour order, then (stored * scale - mean) / std, layout.</summary>
internal sealed class SampleTransform(ModelInput input)
{
    /// <summary>Writes one sample.</summary>
    /// <param name="stored">The values as they are in the file.</param>
    /// <param name="picture">How they lie; as many channels as the input has.</param>
    /// <param name="target">The model input, <see cref="ModelInput.Length"/> values.</param>
    public void Write(ReadOnlySpan<float> stored, StoredPicture picture, Span<float> target)
    {
        var pixels = input.Height * input.Width;
        var (scale, means, deviations) = (input.Preprocess.Scale, input.Preprocess.Mean, input.Preprocess.Std);
        var into = new StoredPicture(input.Channels, input.Height, input.Width, input.Preprocess.Layout);
        var swap = input.Preprocess.Color == ColorOrder.Bgr && input.Channels == 3;
        var resized = (picture.Height, picture.Width) == (input.Height, input.Width) ? null : new float[pixels];
        var plane = resized is null ? null : new float[picture.Height * picture.Width];

        for (var channel = 0; channel < input.Channels; channel++)
        {
            var from = stored[((swap ? 2 - channel : channel) * picture.ChannelStride)..];
            var step = picture.PixelStride;
            if (resized is not null)
            {
                for (var i = 0; i < plane!.Length; i++)
                {
                    plane[i] = from[i * step];
                }

                BilinearResize.Resize(plane, picture.Height, picture.Width, resized, input.Height, input.Width);
                from = resized;
                step = 1;
            }

            var mean = means[means.Length == 1 ? 0 : channel];
            var deviation = deviations[deviations.Length == 1 ? 0 : channel];
            var start = channel * into.ChannelStride;
            for (var i = 0; i < pixels; i++)
            {
                target[start + (i * into.PixelStride)] = (float)(((from[i * step] * scale) - mean) / deviation);
            }
        }
    }
}

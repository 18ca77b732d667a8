using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Recipes;
using ModelSlim.Training.FineTuning;

namespace ModelSlim.Training.Tests.FineTuning;

public sealed class AugmentationTests
{
    private static readonly ImmutableArray<int> Chw = [2, 4, 5];

    [Fact]
    public void A_picture_is_one_of_those_that_may_come_of_it_and_all_do_come()
    {
        var picture = Picture(0);
        var possible = new HashSet<string>();
        for (var down = -1; down <= 1; down++)
        {
            for (var right = -1; right <= 1; right++)
            {
                possible.Add(Text(Seen(picture, down, right, mirrored: false)));
                possible.Add(Text(Seen(picture, down, right, mirrored: true)));
            }
        }

        var seen = Enumerable.Range(0, 400).Select(epoch => Text(Augment(new() { Crop = 1, Flip = true }, picture, 0, epoch))).ToHashSet();
        Assert.Equal(18, possible.Count);
        Assert.Equal(possible.Order(), seen.Order());
    }

    [Fact]
    public void It_moves_and_mirrors_only_as_it_may()
    {
        var picture = Picture(0);
        Assert.All(Enumerable.Range(0, 50), epoch => Assert.Equal(picture, Augment(new(), picture, 0, epoch)));

        var mirrored = Enumerable.Range(0, 50).Select(epoch => Text(Augment(new() { Flip = true }, picture, 0, epoch))).Distinct();
        Assert.Equal(new[] { Text(picture), Text(Seen(picture, 0, 0, mirrored: true)) }.Order(), mirrored.Order());
    }

    [Fact]
    public void What_becomes_of_a_picture_follows_from_seed_epoch_and_place()
    {
        var spec = new AugmentSpec { Crop = 2, Flip = true };
        var sixteen = Enumerable.Range(0, 16).SelectMany(Picture).ToArray();
        float[] Of(long seed, int epoch, params int[] places) =>
            new Augmentation(spec, seed, Chw, ImageLayout.Nchw)
                .Of(new Batch(places.Length, [[.. places.SelectMany(Picture)]], []), places, epoch).Inputs[0];

        var all = Of(1, 3, [.. Enumerable.Range(0, 16)]);
        Assert.Equal(sixteen.Length, all.Length);
        Assert.Equal(all[..40].Concat(all[^40..]), Of(1, 3, 0, 15));
        Assert.NotEqual(all, Of(1, 4, [.. Enumerable.Range(0, 16)]));
        Assert.NotEqual(all, Of(2, 3, [.. Enumerable.Range(0, 16)]));
    }

    [Fact]
    public void Channels_may_lie_behind_or_be_missing()
    {
        var spec = new AugmentSpec { Crop = 1, Flip = true };
        for (var epoch = 0; epoch < 20; epoch++)
        {
            var first = Augment(spec, Picture(0), 0, epoch);
            var last = new Augmentation(spec, 1, [4, 5, 2], ImageLayout.Nhwc)
                .Of(new Batch(1, [Last(Picture(0))], []), [0], epoch).Inputs[0];
            var single = new Augmentation(spec, 1, [4, 5], ImageLayout.Nhwc)
                .Of(new Batch(1, [Picture(0)[..20]], []), [0], epoch).Inputs[0];

            Assert.Equal(Last(first), last);
            Assert.Equal(first[..20], single);
        }
    }

    [Theory]
    [InlineData(0, false, "8", null)]
    [InlineData(0, true, "8", "the model's input is [8]")]
    [InlineData(3, false, "3,4,9", null)]
    [InlineData(4, false, "3,4,9", "out of sight")]
    [InlineData(0, true, "1,1,2,2", "the model's input is [1, 1, 2, 2]")]
    public void Only_pictures_can_be_changed(int crop, bool flip, string shape, string? message)
    {
        var misfit = Augmentation.Misfit(
            new AugmentSpec { Crop = crop, Flip = flip }, [.. shape.Split(',').Select(int.Parse)], ImageLayout.Nchw);

        Assert.Equal(message is null ? null : "MSLIM6105", misfit?.Code);
        Assert.Contains(message ?? "", misfit?.Message ?? "");
        Assert.Null(Augmentation.Misfit(null, [8], ImageLayout.Nchw));
    }

    private static float[] Augment(AugmentSpec spec, float[] picture, int place, int epoch) =>
        new Augmentation(spec, 1, Chw, ImageLayout.Nchw).Of(new Batch(1, [picture], []), [place], epoch).Inputs[0];

    private static float[] Picture(int place) => [.. Enumerable.Range(0, 40).Select(value => (float)((place * 100) + value))];

    private static float[] Last(float[] first) => [.. Enumerable.Range(0, 40).Select(at => first[(at % 2 * 20) + (at / 2)])];

    private static float[] Seen(float[] picture, int down, int right, bool mirrored) =>
    [
        .. from channel in Enumerable.Range(0, 2)
           from row in Enumerable.Range(0, 4)
           from column in Enumerable.Range(0, 5)
           let y = Math.Clamp(row - down, 0, 3)
           let x = Math.Clamp((mirrored ? 4 - column : column) - right, 0, 4)
           select picture[(channel * 20) + (y * 5) + x],
    ];

    private static string Text(float[] picture) => string.Join(' ', picture);
}

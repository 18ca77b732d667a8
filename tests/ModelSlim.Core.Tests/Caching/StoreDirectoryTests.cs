using ModelSlim.Core.Caching;

namespace ModelSlim.Core.Tests.Caching;

public sealed class StoreDirectoryTests
{
    [Theory]
    [InlineData("/chosen", StorePlatform.Unix, "MODELSLIM_CACHE_DIR=/named HOME=/home/me", "/chosen")]
    [InlineData(null, StorePlatform.Unix, "MODELSLIM_CACHE_DIR=/named XDG_CACHE_HOME=/xdg HOME=/home/me", "/named")]
    [InlineData("", StorePlatform.Unix, "XDG_CACHE_HOME=/xdg HOME=/home/me", "/xdg/modelslim")]
    [InlineData(null, StorePlatform.Unix, "XDG_CACHE_HOME=relative HOME=/home/me", "/home/me/.cache/modelslim")]
    [InlineData(null, StorePlatform.Unix, "MODELSLIM_CACHE_DIR= XDG_CACHE_HOME= HOME=/home/me", "/home/me/.cache/modelslim")]
    [InlineData(null, StorePlatform.Unix, "LOCALAPPDATA=/local", null)]
    [InlineData(null, StorePlatform.Mac, "XDG_CACHE_HOME=/xdg HOME=/Users/me", "/Users/me/Library/Caches/modelslim")]
    [InlineData(null, StorePlatform.Mac, "", null)]
    [InlineData(null, StorePlatform.Windows, @"LOCALAPPDATA=C:\local HOME=/home/me", @"C:\local\ModelSlim\cache")]
    [InlineData(null, StorePlatform.Windows, @"USERPROFILE=C:\me", @"C:\me\AppData\Local\ModelSlim\cache")]
    [InlineData(null, StorePlatform.Windows, "HOME=/home/me", null)]
    [InlineData(@"D:\cache", StorePlatform.Windows, "", @"D:\cache")]
    public void The_first_that_is_set_wins(string? chosen, StorePlatform platform, string environment, string? expected)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

        Assert.Equal(expected, StoreDirectory.Find(chosen, platform, name => variables.GetValueOrDefault(name)));
    }
}

using ModelSlim.Core.Files;

namespace ModelSlim.Core.Tests.Files;

public sealed class TemporaryDirectoryTests
{
    [Fact]
    public void Is_for_this_user_alone_and_goes_with_what_is_in_it()
    {
        string path;
        using (var folder = new TemporaryDirectory())
        {
            path = folder.FullName;
            File.WriteAllText(folder.Of("weights"), "secret");
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            }
        }

        Assert.False(Directory.Exists(path));
    }
}

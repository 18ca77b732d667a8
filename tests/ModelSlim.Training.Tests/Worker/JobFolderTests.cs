using ModelSlim.Training.Worker;

namespace ModelSlim.Training.Tests.Worker;

public sealed class JobFolderTests
{
    [Fact]
    public void Is_for_this_user_alone_and_goes_with_what_is_in_it()
    {
        string path;
        using (var folder = JobFolder.Create())
        {
            path = folder.Path;
            File.WriteAllText(folder.Of("model"), "secret");
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
            }
        }

        Assert.False(Directory.Exists(path));
    }
}

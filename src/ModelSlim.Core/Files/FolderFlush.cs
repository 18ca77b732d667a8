using System.Runtime.InteropServices;

namespace ModelSlim.Core.Files;

/// <summary>
/// Makes renames durable: on Unix a rename survives a power failure only after the folder was flushed. .NET has no call for
/// it, and Windows needs none.
/// </summary>
internal static class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes the entries of a folder to the disk, where the system can.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnly);
        if (descriptor >= 0)
        {
            _ = Sync(descriptor);
            _ = Close(descriptor);
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}

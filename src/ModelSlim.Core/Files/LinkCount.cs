using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace ModelSlim.Core.Files;

/// <summary>How many names a file has in its file system (hard links). .NET has no call for it.</summary>
internal static class LinkCount
{
    private const int CurrentFolder = -100;
    private const int NotThroughLinks = 0x100;
    private const uint CountAsked = 4;

    /// <summary>The number of names; null where the system does not tell.</summary>
    public static long? Of(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() ? OnLinux(path)
                : OperatingSystem.IsWindows() ? OnWindows(path)
                : OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? OnMac(path)
                : null;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The record of statx is the same on every architecture: the count is the fifth word.
    private static long? OnLinux(string path)
    {
        var record = new byte[256];
        return Statx(CurrentFolder, path, NotThroughLinks, CountAsked, record) == 0 ? BitConverter.ToUInt32(record, 16) : null;
    }

    // struct stat of arm64: st_dev of 4 bytes, st_mode of 2, st_nlink of 2.
    private static long? OnMac(string path)
    {
        var record = new byte[256];
        return Stat(path, record) == 0 ? BitConverter.ToUInt16(record, 6) : null;
    }

    // BY_HANDLE_FILE_INFORMATION: nNumberOfLinks is the eleventh word.
    [SupportedOSPlatform("windows")]
    private static long? OnWindows(string path)
    {
        using var handle = File.OpenHandle(path);
        var record = new byte[52];
        return GetFileInformationByHandle(handle, record) ? BitConverter.ToUInt32(record, 40) : null;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] record);

    [DllImport("libc", EntryPoint = "stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Stat([MarshalAs(UnmanagedType.LPUTF8Str)] string path, [Out] byte[] record);

    [DllImport("kernel32")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetFileInformationByHandle(SafeFileHandle handle, [Out] byte[] record);
}

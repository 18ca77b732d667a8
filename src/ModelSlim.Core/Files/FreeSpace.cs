namespace ModelSlim.Core.Files;

/// <summary>How much fits on a disk.</summary>
public static class FreeSpace
{
    /// <summary>Bytes that this user can still write where a path is; null where that cannot be told.</summary>
    public static long? Of(string path)
    {
        try
        {
            return new DriveInfo(path).AvailableFreeSpace;
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}

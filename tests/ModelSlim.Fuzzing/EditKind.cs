namespace ModelSlim.Fuzzing;

/// <summary>How a file is changed.</summary>
public enum EditKind
{
    /// <summary>Another byte.</summary>
    Byte,

    /// <summary>One bit is turned round.</summary>
    Bit,

    /// <summary>A number, such as a length, becomes another one.</summary>
    Number,

    /// <summary>Some bytes become a word that means something in a text format.</summary>
    Word,

    /// <summary>The end is cut off.</summary>
    Truncation,

    /// <summary>Some bytes become those of another file.</summary>
    Splice,

    /// <summary>Bytes of a file come in between.</summary>
    Insertion,

    /// <summary>Some bytes go.</summary>
    Removal,
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ModelSlim.Core.Diagnostics;

/// <summary>A value, or the diagnostics that say why there is none. Expected failures are returned, not thrown.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
public sealed class Result<T>
    where T : class
{
    private Result(T? value, ImmutableArray<Diagnostic> diagnostics)
    {
        Value = value;
        Diagnostics = diagnostics;
    }

    /// <summary>The value, or null where the work failed.</summary>
    public T? Value { get; }

    /// <summary>Errors where the work failed; warnings and notes otherwise.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>True where there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Value is not null;

    /// <summary>Makes a result that holds a value.</summary>
    public static implicit operator Result<T>(T value) => new(value, []);

    /// <summary>Makes a failed result.</summary>
    public static implicit operator Result<T>(Diagnostic diagnostic) => new(null, [diagnostic]);

    /// <summary>Makes a failed result from several errors.</summary>
    public static Result<T> Failed(IEnumerable<Diagnostic> diagnostics) => new(null, [.. diagnostics]);

    /// <summary>Makes a result that holds a value and has something to say about it.</summary>
    public static Result<T> With(T value, IEnumerable<Diagnostic> diagnostics) => new(value, [.. diagnostics]);

    /// <summary>Passes the value on, keeping what was said so far; a failure stays the failure it is.</summary>
    public Result<TNext> Then<TNext>(Func<T, Result<TNext>> next)
        where TNext : class
    {
        if (!Succeeded)
        {
            return Result<TNext>.Failed(Diagnostics);
        }

        var result = next(Value);
        return new Result<TNext>(result.Value, [.. Diagnostics, .. result.Diagnostics]);
    }
}

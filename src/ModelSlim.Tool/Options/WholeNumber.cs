using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace ModelSlim.Tool.Options;

/// <summary>Reads the number of an option.</summary>
internal static class WholeNumber
{
    /// <summary>A parser of numbers in a range; anything else is an error that names the option.</summary>
    public static Func<ArgumentResult, T?> Between<T>(T min, T max)
        where T : struct, IBinaryInteger<T> => argument =>
        {
            var text = argument.Tokens.Count > 0 ? argument.Tokens[0].Value : string.Empty;
            if (T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            {
                return number;
            }

            var option = (argument.Parent as OptionResult)?.Option.Name ?? argument.Argument.Name;
            argument.AddError($"{option} must be a whole number from {min} to {max}.");
            return null;
        };
}

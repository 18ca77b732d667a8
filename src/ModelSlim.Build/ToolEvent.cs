using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace ModelSlim.Build;

/// <summary>
/// One line of the tool's output (PROTOCOL.md): a flat JSON object. Read by hand, because a JSON library in a task's folder clashes
/// with the ones that MSBuild hosts bring.
/// </summary>
internal sealed class ToolEvent
{
    private readonly Dictionary<string, string> _fields;

    private ToolEvent(Dictionary<string, string> fields) => _fields = fields;

    /// <summary>What happened: <c>diagnostic</c>, <c>progress</c>, <c>input</c>, <c>result</c>, or something newer.</summary>
    public string Kind => Text("event");

    /// <summary>Reads a line.</summary>
    /// <param name="line">One line of output.</param>
    /// <returns>The event, or null where the line is not a flat JSON object with a field <c>event</c>.</returns>
    public static ToolEvent? TryRead(string line)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var reader = new Reader(line);
        return reader.ReadObject(fields) && fields.ContainsKey("event") ? new ToolEvent(fields) : null;
    }

    /// <summary>A field as text; empty where it is missing or null.</summary>
    public string Text(string name) => _fields.TryGetValue(name, out var value) ? value : "";

    /// <summary>A field as a whole number; 0 where it is missing or not one.</summary>
    public int Number(string name) =>
        int.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : 0;

    /// <summary>A field as seconds; null where it is missing.</summary>
    public double? Seconds(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private sealed class Reader(string line)
    {
        private int _at;

        public bool ReadObject(Dictionary<string, string> fields)
        {
            if (!Take('{'))
            {
                return false;
            }

            if (Take('}'))
            {
                return AtEnd();
            }

            do
            {
                if (ReadString() is not { } name || !Take(':') || ReadValue() is not { } value)
                {
                    return false;
                }

                fields[name] = value;
            }
            while (Take(','));
            return Take('}') && AtEnd();
        }

        private string? ReadValue()
        {
            SkipBlanks();
            if (_at < line.Length && line[_at] == '"')
            {
                return ReadString();
            }

            var start = _at;
            while (_at < line.Length && (char.IsLetterOrDigit(line[_at]) || line[_at] is '+' or '-' or '.'))
            {
                _at++;
            }

            var word = line.Substring(start, _at - start);
            return word switch
            {
                "" => null,
                "null" => "",
                "true" or "false" => word,
                _ => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? word : null,
            };
        }

        private string? ReadString()
        {
            if (!Take('"'))
            {
                return null;
            }

            var text = new StringBuilder();
            while (_at < line.Length)
            {
                var c = line[_at++];
                if (c == '"')
                {
                    return text.ToString();
                }

                if (c == '\\')
                {
                    if (ReadEscape() is not { } escaped)
                    {
                        return null;
                    }

                    c = escaped;
                }

                text.Append(c);
            }

            return null;
        }

        private char? ReadEscape()
        {
            if (_at >= line.Length)
            {
                return null;
            }

            switch (line[_at++])
            {
                case 'b': return '\b';
                case 'f': return '\f';
                case 'n': return '\n';
                case 'r': return '\r';
                case 't': return '\t';
                case 'u':
                    if (_at + 4 > line.Length
                        || !ushort.TryParse(line.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                    {
                        return null;
                    }

                    _at += 4;
                    return (char)code;
                default:
                    var same = line[_at - 1];
                    return same is '"' or '\\' or '/' ? same : null;
            }
        }

        private bool Take(char expected)
        {
            SkipBlanks();
            if (_at >= line.Length || line[_at] != expected)
            {
                return false;
            }

            _at++;
            return true;
        }

        private bool AtEnd()
        {
            SkipBlanks();
            return _at == line.Length;
        }

        private void SkipBlanks()
        {
            while (_at < line.Length && char.IsWhiteSpace(line[_at]))
            {
                _at++;
            }
        }
    }
}

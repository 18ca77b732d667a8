using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelSlim.Core.Reports;

/// <summary>Reports as JSON text: camel case, UTF-8, fields that were not measured left out.</summary>
public static class ReportJson
{
    /// <summary>How reports are written and read.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes a report.</summary>
    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>Reads a report, or null where the text is none. Reports have no nulls, which whoever reads one relies on.</summary>
    public static T? Read<T>(string json)
        where T : class
    {
        try
        {
            return HasNull(json) ? null : JsonSerializer.Deserialize<T>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool HasNull(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null)
            {
                return true;
            }
        }

        return false;
    }
}

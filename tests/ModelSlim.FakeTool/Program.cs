using System.Security.Cryptography;
using System.Text.Json;

// "describe" says what every model takes and gives, and that one with "external" in it has data elsewhere. A lock file has a line for each result. Of "prune" the recipe says what to do, in comments:
//   #input PATH                     report an input, relative to the recipe
//   #error LINE COLUMN CODE TEXT    fail with a diagnostic
//   #warning LINE COLUMN CODE TEXT  warn, and go on
//   #save PATH                      once all is read, add a line to this file, unless it was done before
//   #place PATH                     once all is read, put an old file here, unless it was done before
//   #delivery WORD                  claim that this is the recipe's delivery
//   #data TEXT                      write a data file beside the model
//   #die CODE TEXT                  write TEXT to standard error and exit
//   #silent                         exit with 0 and no result
//   #hang                           never end
var option = (string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : "";
if (Environment.GetEnvironmentVariable("FAKETOOL_LOG") is { Length: > 0 } log)
{
    // A test that waits for the run must never see half of its lines.
    var run = Path.Combine(log, Guid.NewGuid().ToString("N"));
    File.WriteAllLines(run + ".writing", [Environment.ProcessId.ToString(), .. args]);
    File.Move(run + ".writing", run + ".run");
}

if (args[0] == "describe")
{
    SayValues();
    Say(new { @event = "result", summary = "described", externalData = File.ReadAllText(args[1]).Contains("external") });
    return 0;
}

var (model, recipe, output) = (args[1], option("-r"), option("-o"));
var orders = File.ReadLines(recipe).Where(line => line.StartsWith('#')).Select(line => line[1..].Split(' ')).ToArray();
var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
hash.AppendData(File.ReadAllBytes(model));
hash.AppendData(File.ReadAllBytes(recipe));
var delivery = "";
foreach (var order in orders)
{
    switch (order[0])
    {
        case "input":
            var path = Path.GetFullPath(order[1], Path.GetDirectoryName(recipe)!);
            var isFolder = Directory.Exists(path);
            foreach (var file in isFolder ? [.. Directory.GetFiles(path).Order(StringComparer.Ordinal)] : new[] { path })
            {
                hash.AppendData(File.ReadAllBytes(file));
            }

            Say(new { @event = "input", path = isFolder ? path.TrimEnd('/') + "/" : path });
            break;
        case "error" or "warning":
            Say(new
            {
                @event = "diagnostic",
                severity = order[0],
                code = order[3],
                message = string.Join(' ', order[4..]),
                file = recipe,
                line = int.Parse(order[1]),
                column = int.Parse(order[2]),
                endLine = int.Parse(order[1]),
                endColumn = int.Parse(order[2]) + 5,
                help = "https://example.org/" + order[3],
            });
            if (order[0] == "error")
            {
                return 3;
            }

            break;
        case "delivery":
            delivery = order[1];
            break;
        case "data":
            File.WriteAllText(output + ".data", string.Join(' ', order[1..]));
            break;
        case "die":
            Console.Error.WriteLine(string.Join(' ', order[2..]));
            return int.Parse(order[1]);
        case "silent":
            return 0;
        case "hang":
            Thread.Sleep(Timeout.Infinite);
            break;
    }
}

foreach (var order in orders.Where(order => order[0] is "save" or "place"))
{
    var path = Path.GetFullPath(order[1], Path.GetDirectoryName(recipe)!);
    if (order[0] == "save" && !File.ReadAllText(path).EndsWith("saved\n", StringComparison.Ordinal))
    {
        File.AppendAllText(path, "# saved\n");
    }
    else if (order[0] == "place" && !File.Exists(path))
    {
        File.WriteAllText(path, "placed");
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}

Say(new { @event = "progress", stage = "fine-tune", done = 1, total = 2, detail = "loss 0.31", remainingSeconds = 1.5 });
var key = Convert.ToHexStringLower(hash.GetHashAndReset());
if (option("--locked") is { Length: > 0 } locked && (!File.Exists(locked) || !File.ReadAllText(locked).Contains(key)))
{
    Say(new { @event = "diagnostic", severity = "error", code = "MSLIM3003", message = "not what is locked", file = locked });
    return 5;
}

var slim = "slim " + key;
File.WriteAllText(output, slim);
File.WriteAllText(option("--report"), $"{{ \"fingerprint\": \"{key}\" }}");
if (option("--lock") is { Length: > 0 } lockFile)
{
    File.AppendAllText(lockFile, $"\"fingerprint\": \"{key}\"\n");
}

SayValues();
Say(new { @event = "result", cache = "miss", fingerprint = slim, output, sha256 = "", keptOriginal = false, delivery, summary = "halved" });
return 0;

static void Say(object said) => Console.WriteLine(JsonSerializer.Serialize(said));

static void SayValues()
{
    Say(new { @event = "value", role = "input", name = "x", type = "float", rank = 2, symbol0 = "batch", size1 = 4 });
    Say(new { @event = "value", role = "output", name = "y", type = "int64", rank = 0 });
}

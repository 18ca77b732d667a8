using System.Collections.Immutable;
using ModelSlim.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ModelSlim.Core.Recipes.Yaml;

/// <summary>One reading of one text: parser events in, nodes with positions out.</summary>
internal sealed class YamlDocument
{
    private readonly string file;
    private readonly Scanner scanner;
    private readonly Parser parser;
    private readonly List<Diagnostic> errors = [];

    /// <summary>Makes a reading.</summary>
    /// <param name="file">Path for messages.</param>
    /// <param name="text">The text.</param>
    public YamlDocument(string file, string text)
    {
        this.file = file;
        scanner = new Scanner(new StringReader(text));
        parser = new Parser(scanner);
    }

    /// <summary>The range between two marks.</summary>
    public static SourceSpan Between(string file, Mark start, Mark end) =>
        new(file, (int)start.Line, (int)start.Column, (int)end.Line, (int)end.Column);

    /// <summary>Reads it all.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public Result<YamlNode> Read()
    {
        Move();
        if (Move() is StreamEnd end)
        {
            return new YamlNode.Mapping([], Between(file, end.Start, end.End));
        }

        if (Node(Move(), 0) is not { } root)
        {
            return Result<YamlNode>.Failed(errors);
        }

        Move();
        if (Move() is DocumentStart second)
        {
            Refuse(second, DiagnosticCodes.RecipeFeature, "A second document starts here; a recipe is one document");
        }

        return errors.Count == 0 ? root : Result<YamlNode>.Failed(errors);
    }

    /// <summary>The node that starts with an event, or null where reading cannot go on.</summary>
    private YamlNode? Node(ParsingEvent current, int depth)
    {
        if (depth > YamlReader.LargestDepth)
        {
            return Refuse(current, DiagnosticCodes.RecipeTooLarge, $"More than {YamlReader.LargestDepth} levels inside one another");
        }

        return current switch
        {
            AnchorAlias => Refuse(
                current, DiagnosticCodes.RecipeFeature, "Aliases (*name) are not allowed in a recipe; write the value out"),
            NodeEvent { Anchor.IsEmpty: false } => Refuse(
                current, DiagnosticCodes.RecipeFeature, "Anchors (&name) are not allowed in a recipe"),
            NodeEvent { Tag.IsEmpty: false } => Refuse(
                current, DiagnosticCodes.RecipeFeature, "Tags (!name) are not allowed in a recipe"),
            Scalar scalar => new YamlNode.Scalar(
                scalar.Value, scalar.Style == ScalarStyle.Plain, Between(file, scalar.Start, scalar.End)),
            SequenceStart sequence => Sequence(sequence, depth),
            MappingStart mapping => Mapping(mapping, depth),
            _ => throw new YamlException(current.Start, current.End, "A value or its end is missing here"),
        };
    }

    private YamlNode.Sequence? Sequence(SequenceStart start, int depth)
    {
        var items = ImmutableArray.CreateBuilder<YamlNode>();
        ParsingEvent current;
        while ((current = Move()) is not SequenceEnd)
        {
            if (Node(current, depth + 1) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        var last = items.Count > 0 ? items[^1].Span : null;
        return new YamlNode.Sequence(items.DrainToImmutable(), Around(start, start.Style == SequenceStyle.Flow, current, last));
    }

    private YamlNode.Mapping? Mapping(MappingStart start, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        ParsingEvent current;
        while ((current = Move()) is not MappingEnd)
        {
            if (current is SequenceStart or MappingStart)
            {
                Refuse(current, DiagnosticCodes.RecipeFeature, "A key must be a name");
                return null;
            }

            if (Node(current, depth + 1) is not YamlNode.Scalar key || Node(Move(), depth + 1) is not { } value)
            {
                return null;
            }

            if (lines.TryAdd(key.Text, key.Span.Line))
            {
                entries.Add(new YamlEntry(key, value));
            }
            else
            {
                Refuse(
                    current,
                    DiagnosticCodes.RecipeDuplicateKey,
                    $"Key {DisplayText.Quote(key.Text)} is already in line {lines[key.Text]}; keep one of them");
            }
        }

        var last = entries.Count > 0 ? entries[^1].Value.Span : null;
        return new YamlNode.Mapping(entries.DrainToImmutable(), Around(start, start.Style == MappingStyle.Flow, current, last));
    }

    /// <summary>A flow collection ends with its bracket; a block collection ends where its last item does.</summary>
    private SourceSpan Around(ParsingEvent start, bool isFlow, ParsingEvent end, SourceSpan? last)
    {
        var span = Between(file, start.Start, end.Start);
        return isFlow ? span with { EndColumn = span.EndColumn + 1 }
            : last is null ? span
            : span with { EndLine = last.EndLine, EndColumn = last.EndColumn };
    }

    private YamlNode? Refuse(ParsingEvent where, DiagnosticDescriptor descriptor, string message)
    {
        if (errors.Count < RecipeErrors.Most)
        {
            errors.Add(descriptor.At(Between(file, where.Start, where.End), message));
        }

        return null;
    }

    private ParsingEvent Move()
    {
        var before = parser.Current?.End ?? Mark.Empty;
        try
        {
            return parser.MoveNext() ? parser.Current! : throw new YamlException(before, before, "The text ends too early");
        }
        catch (YamlException e) when (e.End.Equals(Mark.Empty))
        {
            // Of some errors, such as a tab where a mapping begins, the scanner of YamlDotNet 18.1 does not say where they are.
            throw new YamlException(before, scanner.CurrentPosition, e.Message, e);
        }
        catch (Exception e) when (e is not YamlException)
        {
            // The scanner of YamlDotNet 18.1 loses its state over texts that are wrong, such as a line of a flow mapping that is not indented.
            throw new YamlException(before, before, "What follows here is not understood; within brackets, indent every line", e);
        }
    }
}

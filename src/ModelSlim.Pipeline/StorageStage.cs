using ModelSlim.Core.Graphs;
using ModelSlim.Core.Onnx;
using ModelSlim.Core.Recipes;
using ModelSlim.Evaluation.Sessions;

namespace ModelSlim.Pipeline;

/// <summary>Decides how weights of which many are zero are written: as a whole, or what is not zero with its places.</summary>
/// <param name="sessions">Opens models.</param>
/// <param name="writer">Writes models.</param>
/// <param name="reader">Reads models.</param>
public sealed class StorageStage(SessionFactory sessions, OnnxWriter writer, OnnxReader reader)
{
    // Packing a large model takes time.
    private const double SurelyWorthIt = 0.5;

    /// <summary>The model as it is to be written.</summary>
    /// <param name="model">The model.</param>
    /// <param name="recipe">Says whether single weights became zero, and how they may be stored.</param>
    /// <returns>
    /// The model; stored sparsely where its file is smaller so, by more than it takes in a package, ONNX Runtime loads it, and what is read
    /// again is the same.
    /// </returns>
    public OnnxModel Run(OnnxModel model, Recipe recipe)
    {
        var dense = model with { StoresSparse = false };
        if (recipe.SparseStorage == SparseStorage.Off)
        {
            return dense;
        }

        if (!recipe.Methods.Any(MethodTraits.MasksWeights))
        {
            return model;
        }

        var sparse = model with { StoresSparse = true };
        return IsWorthIt(sparse, dense) && IsProven(sparse) ? sparse : dense;
    }

    // Zeros pack better than places do.
    private bool IsWorthIt(OnnxModel sparse, OnnxModel dense)
    {
        var whole = writer.Size(dense);
        var saved = whole - writer.Size(sparse);
        var packed = new PackedSize(writer);
        return saved > 0 && (saved >= SurelyWorthIt * whole || saved > packed.Of(sparse) - packed.Of(dense));
    }

    private bool IsProven(OnnxModel sparse)
    {
        var written = writer.Prepare(sparse, ModelContent.ModelName + OnnxWriter.DataSuffix);
        if (written.HasData)
        {
            return false;
        }

        using var file = new MemoryStream();
        written.WriteModel(file);
        var again = reader.Read(file.ToArray());
        using var session = sessions.Open(sparse, new SessionSettings()).Value;
        return session is not null && again.Value is { } read && GraphComparison.Same(read.Graph, sparse.Graph);
    }
}

using System.Collections.Immutable;
using ModelSlim.Core.Data;
using ModelSlim.Core.Diagnostics;
using ModelSlim.Core.Recipes;

namespace ModelSlim.Training.Data;

/// <summary>What the model wants of one sample: each of its inputs, in order.</summary>
/// <param name="All">The inputs.</param>
internal sealed record ModelInputs(ImmutableArray<ModelInput> All)
{
    private static readonly PreprocessSpec Stored = new();

    /// <summary>Checks that samples can fill the inputs, and the preprocessing against those that it is for.</summary>
    /// <param name="inputs">The inputs, at least one.</param>
    /// <param name="preprocess">Section <c>data.preprocess</c>.</param>
    /// <param name="location">Where the recipe has the data source.</param>
    public static Result<ModelInputs> From(ImmutableArray<SampleInput> inputs, PreprocessSpec preprocess, SourceSpan? location)
    {
        if (inputs.FirstOrDefault(input => !input.IsReal && input.Range is null) is { } odd)
        {
            return DiagnosticCodes.InputNotFilled.At(
                location, $"the model's input '{odd.Name}' takes {odd.Type}, which samples cannot hold; leave section data out.");
        }

        if (preprocess.Inputs?.FirstOrDefault(name => inputs.All(input => input.Name != name)) is { } stranger)
        {
            return DiagnosticCodes.PreprocessMismatch.At(
                preprocess.Location,
                $"data.preprocess.inputs names {DisplayText.Quote(stranger)}; the model's inputs are {string.Join(", ", inputs.Select(input => $"'{input.Name}'"))}.");
        }

        var real = inputs.Any(input => input.IsReal);
        bool IsMeant(SampleInput input) => preprocess.Inputs?.Contains(input.Name) ?? (input.IsReal || !real);
        var all = ImmutableArray.CreateBuilder<ModelInput>(inputs.Length);
        foreach (var input in inputs)
        {
            var checkedInput = ModelInput.From(input, IsMeant(input) ? preprocess : Stored with { Layout = preprocess.Layout });
            if (!checkedInput.Succeeded)
            {
                return Result<ModelInputs>.Failed(inputs.Length == 1
                    ? checkedInput.Diagnostics
                    : checkedInput.Diagnostics.Select(said => said with
                    {
                        Message = $"{said.Message} data.preprocess.inputs says which inputs it is for.",
                    }));
            }

            all.Add(checkedInput.Value);
        }

        return new ModelInputs(all.MoveToImmutable());
    }
}

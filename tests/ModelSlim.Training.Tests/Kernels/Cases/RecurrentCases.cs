namespace ModelSlim.Training.Tests.Kernels.Cases;

/// <summary>Recurrent operators.</summary>
internal static class RecurrentCases
{
    public static IEnumerable<KernelCase> All()
    {
        foreach (var (name, gates, states) in new[] { ("LSTM", 4, 2), ("GRU", 3, 1), ("RNN", 1, 1) })
        {
            string[] outputs = states == 2 ? ["y1", "y2"] : ["y1"];
            foreach (var (direction, directions) in new[] { ("forward", 1), ("reverse", 1), ("bidirectional", 2) })
            {
                yield return Of($"{name}, {direction}").With("direction", direction)
                    .Fed(4, 2, 3).Weight(directions, gates * 3, 3).Weight(directions, gates * 3, 3).Weight(directions, gates * 6).Reading(outputs);
                yield return States(Of($"{name}, {direction}, initial states").With("direction", direction)
                    .Fed(3, 2, 2).Weight(directions, gates * 3, 2).Weight(directions, gates * 3, 3).Nothing().Nothing(), directions, states).Reading(outputs);
                yield return Of($"{name}, {direction}, lengths").With("direction", direction)
                    .Fed(4, 3, 2).Weight(directions, gates * 3, 2).Weight(directions, gates * 3, 3).Nothing().Lengths(4, 2, 1).Reading(outputs);
            }

            yield return Of($"{name}, clip").With("clip", 0.3f).Fed(3, 2, 2).Weight(1, gates * 3, 2).Weight(1, gates * 3, 3);

            KernelCase Of(string form) => KernelCase.Of(form, name, 14).With("hidden_size", 3);

            static KernelCase States(KernelCase sample, int directions, int states) =>
                states == 2 ? sample.Weight(directions, 2, 3).Weight(directions, 2, 3) : sample.Weight(directions, 2, 3);
        }

        yield return KernelCase.Of("LSTM, peepholes", "LSTM", 14).With("hidden_size", 3).Fed(3, 2, 2).Weight(1, 12, 2).Weight(1, 12, 3)
            .Weight(1, 24).Nothing().Nothing().Nothing().Weight(1, 9).Reading("y1", "y2");
        yield return KernelCase.Of("LSTM, input_forget", "LSTM", 14).With("hidden_size", 3).With("input_forget", 1)
            .Fed(3, 2, 2).Weight(1, 12, 2).Weight(1, 12, 3).Weight(1, 24).Reading("y1", "y2");
        yield return KernelCase.Of("LSTM, activations", "LSTM", 14).With("hidden_size", 3).With("activations", ["HardSigmoid", "Tanh", "Relu"])
            .With("activation_alpha", [0.15f]).With("activation_beta", [0.4f]).Fed(3, 2, 2).Weight(1, 12, 2).Weight(1, 12, 3).Weight(1, 24);
        yield return KernelCase.Of("LSTM, last state alone", "LSTM", 14).With("hidden_size", 3)
            .Fed(3, 2, 2).Weight(1, 12, 2).Weight(1, 12, 3).Weight(1, 24).AlsoWriting("y1", "y2");
        yield return KernelCase.Of("GRU, linear_before_reset", "GRU", 14).With("hidden_size", 3).With("linear_before_reset", 1)
            .Fed(3, 2, 2).Weight(1, 9, 2).Weight(1, 9, 3).Weight(1, 18).Reading("y1");
        yield return KernelCase.Of("GRU, activations", "GRU", 14).With("hidden_size", 3).With("activations", ["Sigmoid", "Softsign"])
            .Fed(3, 2, 2).Weight(1, 9, 2).Weight(1, 9, 3).Weight(1, 18).Reading("y1");
        yield return KernelCase.Of("RNN, activations", "RNN", 14).With("hidden_size", 3).With("direction", "bidirectional").With("activations", ["Relu", "Tanh"])
            .Fed(3, 2, 2).Weight(2, 3, 2).Weight(2, 3, 3).Weight(2, 6).Reading("y1");
    }
}

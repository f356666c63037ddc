package xiaxiang.engine.choice;

import java.util.List;

/// Alternatives, or nests of them, that are closer substitutes to each other than to the rest. `parameter` is the number of its parameter
/// among the model's; nests may share one. See [Nests] for what it means.
public record Nest(String name, int parameter, List<Integer> alternatives, List<Nest> nests) {
    /// Copies its lists. Throws IllegalArgumentException where both are empty.
    public Nest {
        alternatives = List.copyOf(alternatives);
        nests = List.copyOf(nests);
        if (alternatives.isEmpty() && nests.isEmpty()) throw new IllegalArgumentException("Nest " + name + " is empty.");
    }

    /// A nest of alternatives only.
    public static Nest of(String name, int parameter, Integer... alternatives) {
        return new Nest(name, parameter, List.of(alternatives), List.of());
    }
}

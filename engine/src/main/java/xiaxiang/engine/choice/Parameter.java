package xiaxiang.engine.choice;

/// A parameter of a choice model: where the search for it starts, whether it stays there, and its bounds (infinite where there is none).
public record Parameter(String name, double start, boolean fixed, double lower, double upper) {
    /// Throws IllegalArgumentException where the start is not finite or not within the bounds.
    public Parameter {
        if (!Double.isFinite(start)) throw new IllegalArgumentException("The start (" + start + ") of parameter " + name + " must be a finite number.");
        if (!(lower <= upper)) throw new IllegalArgumentException("The lower bound (" + lower + ") of parameter " + name + " must be at most the upper (" + upper + ").");
        if (!(start >= lower && start <= upper)) throw new IllegalArgumentException("The start (" + start + ") of parameter " + name + " must be within its bounds, " + lower + " to " + upper + ".");
    }

    /// A parameter to estimate, without bounds.
    public static Parameter free(String name, double start) {
        return new Parameter(name, start, false, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /// A parameter that stays at `value`.
    public static Parameter fixed(String name, double value) {
        return new Parameter(name, value, true, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}

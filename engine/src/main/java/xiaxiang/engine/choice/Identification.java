package xiaxiang.engine.choice;

import java.util.List;

/// Which parameters the data tell, and why the others cannot be known. Immutable.
public final class Identification {
    private final double[] eigenvalues;
    private final boolean[] known;
    private final List<List<Integer>> directions;
    private final List<Integer> separated;
    private final List<Integer> unused;

    Identification(double[] eigenvalues, boolean[] known, List<List<Integer>> directions, List<Integer> separated, List<Integer> unused) {
        this.eigenvalues = eigenvalues;
        this.known = known;
        this.directions = List.copyOf(directions);
        this.separated = List.copyOf(separated);
        this.unused = List.copyOf(unused);
    }

    /// The eigenvalues of minus the Hessian, scaled to a diagonal of 1, ascending: near 0 where a direction is flat, below 0 where this is no maximum.
    public double[] eigenvalues() {
        return eigenvalues.clone();
    }

    /// Whether the data tell parameter p. Fixed ones are known.
    public boolean isKnown(int p) {
        return known[p];
    }

    /// For each direction along which the likelihood does not change the parameters that take part: only combinations of them are told.
    public List<List<Integer>> directions() {
        return directions;
    }

    /// Parameters that can run off to infinity together, each step making the choices made more likely: no estimate is finite (separation).
    public List<Integer> separated() {
        return separated;
    }

    /// Free parameters that no utility, nest or random coefficient uses.
    public List<Integer> unused() {
        return unused;
    }

    /// Whether every parameter is known.
    public boolean isComplete() {
        boolean all = true;
        for (boolean k : known) all &= k;
        return all;
    }
}

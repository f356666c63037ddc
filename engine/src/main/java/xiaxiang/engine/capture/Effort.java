package xiaxiang.engine.capture;

/// Work done, the same on every machine and for any number of threads: nodes of the tree bounded, and passes over the
/// points of a node to bound it.
public record Effort(long nodes, long iterations) {
    public Effort {
        if (nodes < 0 || iterations < 0) {
            throw new IllegalArgumentException(
                    "The effort (nodes " + nodes + ", iterations " + iterations + ") must be at least 0.");
        }
    }
}

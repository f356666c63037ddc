package xiaxiang.engine.capture;

/// What a search is for. `target`: a gross capture that is enough; once a plan has it the search ends, and what cannot reach it is left aside
/// (infinite: the most there is). `pool`: how many plans to keep, at least 1; `within`: those that capture at least this part less than the best,
/// in [0, 1).
record Aim(double target, int pool, double within) {
    static final Aim MOST = new Aim(Double.POSITIVE_INFINITY, 1, 0);

    static Aim reach(double target) {
        return new Aim(target, 1, 0);
    }

    boolean hasTarget() {
        return target < Double.POSITIVE_INFINITY;
    }
}

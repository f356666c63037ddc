package xiaxiang.engine.capture;

/// What a search reports while it runs. Both methods are called from the thread that called the solver.
public interface Progress {
    /// Called at most about ten times a second. `total` is -1 when unknown; `lower` and `upper` are net captures,
    /// infinite while unknown.
    void at(String stage, long done, long total, double lower, double upper);

    /// Whether to stop now with the best plan so far; asked often, so it must be cheap.
    boolean cancelled();

    /// Reports nothing, never cancels.
    static Progress silent() {
        return new Progress() {
            @Override
            public void at(String stage, long done, long total, double lower, double upper) {}

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}

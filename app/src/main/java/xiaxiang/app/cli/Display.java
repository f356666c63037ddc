package xiaxiang.app.cli;

/// How progress is shown: to a person as a bar, to a program as lines.
sealed interface Display extends AutoCloseable permits BarDisplay, LineDisplay {
    /// Work is here; see [xiaxiang.engine.capture.Progress#at].
    void at(String stage, long done, long total, double lower, double upper);

    /// Shows what is not shown yet, and leaves standard error to others.
    @Override
    void close();
}

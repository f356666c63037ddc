package xiaxiang.app.cli;

/// The exit codes of every command.
final class ExitCode {
    static final int DONE = 0;
    static final int FAULT = 1;
    static final int BAD_INPUT = 2;
    static final int INFEASIBLE = 3;
    static final int REFUSED = 4;

    private ExitCode() {}
}

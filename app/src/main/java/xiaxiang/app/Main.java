package xiaxiang.app;

import xiaxiang.app.cli.Xiaxiang;

/// Starts the command line.
public final class Main {
    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(Xiaxiang.run(arguments));
    }
}

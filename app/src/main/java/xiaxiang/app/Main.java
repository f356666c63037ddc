package xiaxiang.app;

import java.io.IOException;
import java.io.OutputStream;
import xiaxiang.app.cli.Xiaxiang;

/// Starts the command line.
public final class Main {
    /// Set where a server started this program: its standard input is then a pipe that ends with the server.
    private static final String CHILD = "xiaxiang.child";

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        if (Boolean.getBoolean(CHILD)) Thread.ofPlatform().daemon().name("parent").start(Main::endWithParent);
        System.exit(Xiaxiang.run(arguments));
    }

    /// However the server ends, by kill -9 too, the pipe ends with it, on every system.
    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Nobody is at the other end either.
        }
        Runtime.getRuntime().halt(1);
    }
}

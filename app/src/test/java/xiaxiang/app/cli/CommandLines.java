package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/// Runs command lines in this process, on the project's own demo county.
public final class CommandLines {
    private static final Path PROJECT = project();

    private CommandLines() {}

    /// How a command ended and what it said.
    public record Said(int exit, String out, String err) {}

    /// Runs one, and keeps what it says.
    public static Said run(String... arguments) {
        System.setProperty("xiaxiang.home", PROJECT.toString());
        var out = new StringWriter();
        var err = new StringWriter();
        int exit = Xiaxiang.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true)).execute(arguments);
        return new Said(exit, out.toString(), err.toString());
    }

    /// The project's root: the folder that holds demo/yichuan.
    public static Path projectFolder() {
        return PROJECT;
    }

    private static Path project() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) if (Files.isDirectory(at.resolve("demo/yichuan"))) return at;
        throw new IllegalStateException("The folder demo/yichuan is part of the project.");
    }

    static Path demo() {
        return PROJECT.resolve("demo/yichuan");
    }

    /// Copies the files of a folder.
    static Path copy(Path from, Path to) {
        try {
            Files.createDirectories(to);
            for (Path file : files(from)) Files.copy(file, to.resolve(from.relativize(file).toString()));
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

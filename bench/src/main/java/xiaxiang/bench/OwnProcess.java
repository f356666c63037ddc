package xiaxiang.bench;

import com.google.ortools.modelbuilder.ModelBuilderHelper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A main class of ours in another process: for a solver that writes to the standard output, or does not come back at its time limit.
final class OwnProcess {
    /// The model's file in the folder.
    static final String MODEL = "model.pb";

    private OwnProcess() {}

    /// What is done with a folder that holds a model.
    interface Step {
        Answer in(Path folder) throws IOException;
    }

    /// Writes a model to a new folder, does the step there, and removes the folder. Throws UncheckedIOException if it cannot be written.
    static Answer inFolder(ModelBuilderHelper model, Step step) {
        try {
            Path folder = Files.createTempDirectory("peer");
            try {
                if (!model.writeModelToProtoFile(folder.resolve(MODEL).toString())) {
                    throw new IOException("The model could not be written to " + folder + ". Maybe the disk is full?");
                }
                return step.in(folder);
            } finally {
                List<Path> files;
                try (Stream<Path> all = Files.list(folder)) {
                    files = all.toList();
                }
                for (Path file : files) {
                    Files.delete(file);
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs a main class with this class path, its output thrown away, at most `mostSeconds`. Empty when it ended well, or else how it ended.
    static String run(Class<?> main, long mostSeconds, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            if (!process.waitFor(mostSeconds, TimeUnit.SECONDS)) {
                return "stopped after " + mostSeconds + " s, far beyond its time limit";
            }
            return process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }
}

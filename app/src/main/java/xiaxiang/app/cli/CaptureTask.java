package xiaxiang.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xiaxiang.app.flow.CaptureInput;

/// What every `capture` command that solves does: checks its options, all at once, reads the problem, solves it with progress on the screen, and says the
/// answer to a person or a machine.
@SuppressWarnings("NullAway.Init") // picocli sets the options after construction
abstract class CaptureTask implements Callable<Integer> {
    private static final int SHOWN = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Common common;

    @Mixin
    private CaptureOptions options;

    @Mixin
    private SolverOptions solver;

    @Parameters(paramLabel = "FILE", description = "The problem: a file, or a workspace folder.")
    private Path file;

    /// A command's answer: what a machine reads, what a person reads, and how the program ends.
    record Answer(Map<String, Object> machine, Consumer<PrintWriter> person, int exit) {}

    /// Solves, and ends the screen's progress before anything is written.
    abstract Answer solve(CaptureInput.Posed posed, Screen screen) throws IOException;

    /// A line for every option that is wrong; a fresh list.
    List<String> wrong(Locale locale) throws IOException {
        List<String> wrong = options.wrong(locale);
        wrong.addAll(solver.wrong(file, locale));
        return wrong;
    }

    @Override
    public Integer call() throws IOException {
        long began = System.nanoTime();
        PrintWriter err = spec.commandLine().getErr();
        if (CaptureOptions.refuse(wrong(locale()), err)) return ExitCode.BAD_INPUT;
        try (Screen screen = new Screen(locale())) {
            CaptureInput.Posed posed = options.read(file, err, locale());
            return posed == null ? ExitCode.BAD_INPUT : say(solve(posed, screen), began);
        }
    }

    private int say(Answer answer, long began) {
        if (answer.exit() == ExitCode.BAD_INPUT) return answer.exit();
        double seconds = Math.round((System.nanoTime() - began) / 1e6) / 1e3;
        answer.machine().put("seconds", seconds);
        answer.machine().put("format", options.format());
        answer.machine().put("file", file.toString());
        PrintWriter out = spec.commandLine().getOut();
        if (solver.json()) out.println(SolverOptions.json(answer.machine()));
        else if (answer.exit() == ExitCode.INFEASIBLE) answer.person().accept(spec.commandLine().getErr());
        else if (!common.quiet()) {
            answer.person().accept(out);
            out.println(Words.of(locale(), "capture.seconds", seconds));
        }
        return answer.exit();
    }

    /// No plan keeps the rules.
    Answer infeasible(String why) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("status", "infeasible");
        machine.put("why", why);
        return new Answer(machine, err -> err.println(words("infeasible", why)), ExitCode.INFEASIBLE);
    }

    /// Something is wrong that only reading it has shown.
    Answer refused(String message) {
        spec.commandLine().getErr().println(message);
        return new Answer(Map.of(), _ -> {}, ExitCode.BAD_INPUT);
    }

    /// Sites as a person reads them: ids where there are any, the first hundred.
    String sites(int[] open, List<String> ids) {
        String shown = Arrays.stream(open).limit(SHOWN).mapToObj(j -> ids.isEmpty() ? Integer.toString(j) : ids.get(j)).collect(Collectors.joining(" "));
        return open.length <= SHOWN ? shown : shown + " " + words("capture.more", open.length - SHOWN);
    }

    /// Adds `open` and, where sites have any, `ids`.
    static void putOpen(Map<String, Object> machine, int[] open, List<String> ids) {
        machine.put("open", open);
        if (!ids.isEmpty()) machine.put("ids", Arrays.stream(open).mapToObj(ids::get).toList());
    }

    String words(String key, Object... arguments) {
        return Words.of(locale(), key, arguments);
    }

    Locale locale() {
        return common.locale();
    }

    CaptureOptions options() {
        return options;
    }

    SolverOptions solver() {
        return solver;
    }

    Path file() {
        return file;
    }
}

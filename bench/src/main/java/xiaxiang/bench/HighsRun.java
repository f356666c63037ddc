package xiaxiang.bench;

import com.google.ortools.Loader;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import com.google.ortools.modelbuilder.ModelSolverHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// HiGHS in a process of its own. OR-Tools 9.15 gives neither plan nor bound when HiGHS meets its time limit, and repeats the objective as the bound
/// otherwise; both are read from the solution and the log that HiGHS writes itself. Its log cannot be kept off the standard output: hence the process.
final class HighsRun {
    /// Grace after the limit, since presolve does not look at the clock.
    private static final long GRACE_SECONDS = 60;

    private HighsRun() {}

    /// Solves a model that maximises. Throws UncheckedIOException if the files in between cannot be written.
    static Answer solve(ModelBuilderHelper model, double limitSeconds, double gap, int threads) {
        return OwnProcess.inFolder(model, folder -> run(folder, limitSeconds, "threads=" + threads + ",mip_rel_gap=" + gap + ",mip_abs_gap=0"));
    }

    private static Answer run(Path folder, double limitSeconds, String options) throws IOException {
        long begin = System.nanoTime();
        String end = OwnProcess.run(HighsRun.class, Math.round(2 * limitSeconds) + GRACE_SECONDS, folder.toString(), Double.toString(limitSeconds), options);
        return answer(folder, (System.nanoTime() - begin) / 1e9, end);
    }

    private static Answer answer(Path folder, double wallSeconds, String end) throws IOException {
        String log = text(folder.resolve("log"));
        List<String> solution = text(folder.resolve("solution")).lines().toList();
        int first = solution.indexOf("# Primal solution values");
        double[] values = {};
        if (first >= 0 && solution.get(first + 1).equals("Feasible")) {
            int count = Integer.parseInt(solution.get(first + 3).replace("# Columns ", ""));
            values = solution.subList(first + 4, first + 4 + count).stream().mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).toArray();
        }
        String status = solution.size() > 1 ? solution.get(1) : "no report";
        boolean optimal = status.equals("Optimal");
        String note = (optimal ? "" : status) + (values.length == 0 ? ", no plan" : "") + (end.isEmpty() ? "" : ", " + end);
        return new Answer(number(log, "Timing", wallSeconds), values, number(log, "Dual bound", Double.POSITIVE_INFINITY), optimal, note);
    }

    private static String text(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    /// The number after a word at the start of a line of the log's last report, or `otherwise`. HiGHS writes "inf" for infinity.
    private static double number(String log, String word, double otherwise) {
        Matcher line = Pattern.compile("(?m)^ +" + word + " +(\\S+)").matcher(log);
        String last = line.results().map(found -> found.group(1)).reduce("inf", (_, next) -> next);
        return last.endsWith("inf") ? otherwise : Double.parseDouble(last);
    }

    /// The process: a folder with the model, the time limit in seconds, the options of HiGHS.
    public static void main(String[] arguments) {
        Loader.loadNativeLibraries();
        Path folder = Path.of(arguments[0]);
        ModelBuilderHelper model = new ModelBuilderHelper();
        if (!model.readModelFromProtoFile(folder.resolve(OwnProcess.MODEL).toString())) {
            throw new IllegalArgumentException("The model in " + folder + " cannot be read.");
        }
        ModelSolverHelper solver = new ModelSolverHelper("highs");
        solver.setTimeLimitInSeconds(Double.parseDouble(arguments[1]));
        solver.setSolverSpecificParameters(arguments[2] + ",log_file=" + folder.resolve("log") + ",solution_file=" + folder.resolve("solution") + ",write_solution_to_file=true");
        solver.enableOutput(true);
        solver.solve(model);
    }
}

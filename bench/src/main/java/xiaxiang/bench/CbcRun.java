package xiaxiang.bench;

import com.google.ortools.Loader;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.modelbuilder.ModelBuilderHelper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// CBC in a process of its own: on large models it looks at the clock only after its first linear programs, and cannot be interrupted.
final class CbcRun {
    private static final long GRACE_SECONDS = 20;
    private static final String ANSWER = "answer";

    private CbcRun() {}

    /// Solves a model that maximises. Throws UncheckedIOException if the files in between cannot be written.
    static Answer solve(ModelBuilderHelper model, double limitSeconds, double gap) {
        return OwnProcess.inFolder(model, folder -> {
            long begin = System.nanoTime();
            String end = OwnProcess.run(CbcRun.class, Math.round(2 * limitSeconds) + GRACE_SECONDS, folder.toString(), Double.toString(limitSeconds), Double.toString(gap));
            Path file = folder.resolve(ANSWER);
            if (!end.isEmpty() || !Files.exists(file)) {
                return new Answer((System.nanoTime() - begin) / 1e9, new double[0], Double.POSITIVE_INFINITY, false, "no plan: " + end);
            }
            List<String> lines = Files.readAllLines(file);
            double[] values = lines.subList(3, lines.size()).stream().mapToDouble(Double::parseDouble).toArray();
            boolean optimal = lines.get(0).equals("OPTIMAL");
            return new Answer(Double.parseDouble(lines.get(1)), values, Double.parseDouble(lines.get(2)), optimal, optimal ? "" : lines.get(0));
        });
    }

    /// The process: a folder with the model, the time limit in seconds, the relative gap. Writes status, seconds, bound and values, one a line.
    public static void main(String[] arguments) throws IOException {
        Loader.loadNativeLibraries();
        Path folder = Path.of(arguments[0]);
        MPSolver solver = MPSolver.createSolver("CBC");
        String wrong = solver.loadModelFromProto(MPModelProto.parseFrom(Files.readAllBytes(folder.resolve(OwnProcess.MODEL))));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("The model in " + folder + " is not one for CBC: " + wrong);
        }
        solver.setTimeLimit(Math.round(1_000 * Double.parseDouble(arguments[1])));
        MPSolverParameters parameters = new MPSolverParameters();
        parameters.setDoubleParam(MPSolverParameters.DoubleParam.RELATIVE_MIP_GAP, Double.parseDouble(arguments[2]));
        long begin = System.nanoTime();
        MPSolver.ResultStatus status = solver.solve(parameters);
        double seconds = (System.nanoTime() - begin) / 1e9;
        boolean plan = status == MPSolver.ResultStatus.OPTIMAL || status == MPSolver.ResultStatus.FEASIBLE;
        List<String> lines = new ArrayList<>(List.of(status.toString(), Double.toString(seconds), Double.toString(plan ? solver.objective().bestBound() : Double.POSITIVE_INFINITY)));
        for (int j = 0; plan && j < solver.numVariables(); j++) {
            lines.add(Double.toString(solver.variable(j).solutionValue()));
        }
        Files.write(folder.resolve(ANSWER), lines);
    }
}

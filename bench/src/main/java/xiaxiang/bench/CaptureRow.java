package xiaxiang.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import xiaxiang.core.door.Problems;
import xiaxiang.core.rollout.MclpFile;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Limits;
import xiaxiang.engine.capture.Outcome;
import xiaxiang.engine.capture.Progress;
import xiaxiang.engine.capture.Solver;
import xiaxiang.engine.capture.Verifier;

/// A line of the table: what is done, what was aimed at, and how to do it.
record CaptureRow(String name, String work, String aim, Measurement measurement) {
    private static final int THREADS = 2;
    private static final int NODES = 2_000_000;
    private static final int ITERATIONS = 300;

    /// Does the work and says what came of it.
    interface Measurement {
        String run() throws IOException;
    }

    /// Gap and seconds of one goal: stop at the gap, at the latest after the seconds.
    private record Goal(double gap, double seconds) {}

    /// Runs it, or says why not.
    String run() throws IOException {
        return measurement.run();
    }

    static List<CaptureRow> all(Path data, double limitSeconds) {
        Path hm14 = data.resolve("optimizer/hm14");
        Path atlas = data.resolve("atlas");
        List<CaptureRow> rows = new ArrayList<>();
        rows.add(new CaptureRow("hm14", "Haase and Mueller 800x25, 800x50, the 216 problems of the reference table, gap 1e-6", "all proven, none below the table; median .05 s, worst 2 s, total 15 s",
                needing(hm14, () -> new Hm14Bench(hm14, limitSeconds).run(true))));
        rows.add(new CaptureRow("hm14-rest", "the other Haase and Mueller files, the same grid", "all proven; total 30 s", needing(hm14, () -> new Hm14Bench(hm14, limitSeconds).run(false))));
        rows.add(new CaptureRow("synth", "100k x 5k x 50 logit, budget with costs, seed 7", ".1% in 15 s, .05% in 120 s",
                () -> goals(SyntheticProblem.logit(100_000, 5_000, 50, 3, 500, 7), limitSeconds, new Goal(1e-3, 15), new Goal(5e-4, 120))));
        rows.add(new CaptureRow("henan", "Henan: villages x townships x 50, budget with costs", ".05% in 2 s, .01% in 30 s, then 1e-6",
                needing(atlas, () -> goals(new NationProblem("41", 50, 1, .1, 0).build(atlas), limitSeconds, new Goal(5e-4, 10), new Goal(1e-4, 120), new Goal(1e-6, 300)))));
        rows.add(new CaptureRow("replan", "Henan, re-planned after one edit, gap .05%", "2 s",
                needing(atlas, () -> new ReplanBench(new NationProblem("41", 50, 1, .1, 0).build(atlas), 5e-4, limitSeconds).run())));
        rows.add(new CaptureRow("nation", "nation: villages x townships x 60, budget with costs", ".05% in 15 s, .01% in 300 s, heap 4 GB",
                needing(atlas, () -> goals(new NationProblem("", 60, 1, .1, 0).build(atlas), limitSeconds, new Goal(5e-4, 60), new Goal(1e-4, 300)))));
        rows.add(new CaptureRow("shops", "nation: villages x 400k shops x 100, budget with costs", ".2% in 120 s, .05% in 600 s, heap 8 GB",
                needing(atlas, () -> goals(new NationProblem("", 100, 1, .1, 400_000).build(atlas), limitSeconds, new Goal(2e-3, 120), new Goal(5e-4, 600)))));
        rows.add(new CaptureRow("waves", "100k x 5k x 50 logit, 8 waves, the budget of synth in equal steps", "1% in 60 s",
                () -> new WaveBench(SyntheticProblem.logit(100_000, 5_000, 50, 3, 500, 7), 8).run(1e-2, Math.min(60, limitSeconds))));
        rows.add(new CaptureRow("oa", "Haase and Mueller, multicut outer approximation (OR-Tools SCIP) at 60 s, gap 1e-6", "100 times faster", needing(hm14, () -> Peers.outerApproximation(hm14, Math.min(60, limitSeconds)))));
        rows.add(new CaptureRow("covering", "covering 20k x 100, 20 open, 4 to 20 km, seed 7, 60 s, gap 1e-4", "proven, 10 times faster than CBC and SCIP", () -> Peers.radii(Math.min(60, limitSeconds))));
        rows.add(new CaptureRow("covering-1000", "covering 20k x 1,000, 50 open, 4 km, seed 1, 60 s, gap 1e-4", "-",
                () -> Peers.covering(SyntheticProblem.covering(20_000, 1_000, 4_000, 50, 1), Math.min(60, limitSeconds))));
        rows.add(new CaptureRow("mclp", "covering, Bronx and Kings, p 10, 50, 100, r 200, 400, 800 m, 60 s each", "gap .5% on every one", needing(data.resolve("optimizer/mclp-census"),
                () -> mclp(data.resolve("optimizer/mclp-census"), Math.min(60, limitSeconds)))));
        rows.add(new CaptureRow("mclp-peers", "the same against SCIP, CBC, HiGHS and CP-SAT, gap 1e-4", "better bound and plan on every one", needing(data.resolve("optimizer/mclp-census"),
                () -> Peers.census(data.resolve("optimizer/mclp-census"), Math.min(60, limitSeconds)))));
        rows.add(new CaptureRow("verifier", "the verifier on the nation's certificate, problem built", "5 s", needing(atlas, () -> verifier(atlas, limitSeconds))));
        return rows;
    }

    private static Measurement needing(Path folder, Measurement measurement) {
        return () -> Files.isDirectory(folder) ? measurement.run() : "skipped: " + folder.getFileName() + " is not beside the project";
    }

    static Outcome.Planned solve(CaptureProblem problem, double gap, double seconds) {
        Limits limits = new Limits(gap, ITERATIONS, NODES, (long) (1000 * seconds), THREADS);
        return switch (Solver.solve(problem, limits, Progress.silent())) {
            case Outcome.Planned planned -> planned;
            case Outcome.Infeasible(String why) -> throw new IllegalStateException(why);
        };
    }

    private static String goals(CaptureProblem problem, double limitSeconds, Goal... goals) {
        StringJoiner said = new StringJoiner("; ");
        said.add(problem.points() + " x " + problem.sites() + ", " + problem.nonZeros() + " ratios");
        for (Goal goal : goals) {
            long start = System.nanoTime();
            Outcome.Planned planned = solve(problem, goal.gap(), Math.min(goal.seconds(), limitSeconds));
            double seconds = (System.nanoTime() - start) / 1e9;
            said.add(String.format(Locale.ROOT, "%s%% asked: %.4f%% certified (solver %.4f%%) in %.1f s, %d nodes", percent(goal.gap()), 100 * Verifier.verify(problem, planned.certificate()).provenGap(), 100 * planned.gap(), seconds,
                    planned.effort().nodes()));
        }
        return said.toString();
    }

    private static String percent(double gap) {
        return String.format(Locale.ROOT, "%.4g", 100 * gap);
    }

    static CaptureProblem census(Path folder, String file, int radiusMeters, int open) {
        Problems problems = new Problems();
        CaptureProblem problem = MclpFile.read(folder.resolve(file + ".txt"), radiusMeters, open, problems);
        if (problem == null) {
            throw new IllegalStateException(problems.text(Locale.ENGLISH));
        }
        return problem;
    }

    private static String mclp(Path folder, double seconds) throws IOException {
        StringJoiner said = new StringJoiner("; ");
        for (String file : List.of("Bronx", "Kings")) {
            for (int radius : List.of(200, 400, 800)) {
                for (int open : List.of(10, 50, 100)) {
                    CaptureProblem problem = census(folder, file, radius, open);
                    said.add(String.format(Locale.ROOT, "%s %d m %d: %.2f%%", file, radius, open, 100 * solve(problem, 1e-6, seconds).gap()));
                }
            }
        }
        return said.toString();
    }

    private static String verifier(Path atlas, double limitSeconds) throws IOException {
        CaptureProblem problem = new NationProblem("", 60, 1, .1, 0).build(atlas);
        Outcome.Planned planned = solve(problem, 5e-4, Math.min(60, limitSeconds));
        long start = System.nanoTime();
        double gap = Verifier.verify(problem, planned.certificate()).provenGap();
        return String.format(Locale.ROOT, "%.1f s, gap %.4f%% proven", (System.nanoTime() - start) / 1e9, 100 * gap);
    }
}

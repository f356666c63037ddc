package xiaxiang.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import xiaxiang.core.door.Problems;
import xiaxiang.core.rollout.Hm14File;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Outcome;

/// Ours and a planner's other choices on the same problem, one after the other in the same run.
final class Peers {
    private static final double LOGIT_GAP = 1e-6;
    private static final double COVERING_GAP = 1e-4;
    /// CP-SAT wants eight workers, whatever the cores: with two it does far worse.
    private static final int CP_SAT_WORKERS = 8;

    private record Instance(String file, double alpha, double beta, int open) {}

    private final StringJoiner lines = new StringJoiner("; ");
    private int problems;
    private int looser;
    private int poorer;

    /// One group a point, the paper's multicut, and a few groups; the better of the two is the peer.
    static String outerApproximation(Path folder, double seconds) throws IOException {
        StringJoiner said = new StringJoiner("; ");
        for (Instance one : List.of(new Instance("HM14_800_25.data", .1, 1, 5), new Instance("HM14_800_50.data", .1, 1, 5), new Instance("HM14_800_50.data", .1, 5, 5), new Instance("HM14_800_50.data", .2, 10, 10))) {
            Problems problems = new Problems();
            CaptureProblem problem = Hm14File.read(folder.resolve(one.file()), one.alpha(), one.beta(), one.open(), problems);
            if (problem == null) {
                throw new IllegalStateException(problems.text(Locale.ENGLISH));
            }
            PeerResult ours = ours(problem, LOGIT_GAP, seconds);
            String name = String.format(Locale.ROOT, "%s alpha %s beta %s open %d: ", one.file(), one.alpha(), one.beta(), one.open());
            said.add(name + text(ours) + against(ours, OuterApproximation.solve(problem, seconds, LOGIT_GAP, problem.points()))
                    + against(ours, OuterApproximation.solve(problem, seconds, LOGIT_GAP, OuterApproximation.GROUPS)));
        }
        return said.toString();
    }

    /// One covering problem.
    static String covering(CaptureProblem problem, double seconds) {
        return new Peers().cover(problem, seconds, true);
    }

    /// Covering 20k x 100 from a site or so a point, which linear programs all but solve, to many.
    static String radii(double seconds) {
        Peers peers = new Peers();
        for (int km : List.of(4, 8, 12, 20)) {
            CaptureProblem problem = SyntheticProblem.covering(20_000, 100, 1_000.0 * km, 20, 7);
            peers.lines.add(String.format(Locale.ROOT, "%d km, %.1f sites a point: ", km, (double) problem.nonZeros() / problem.points()) + peers.cover(problem, seconds, true));
        }
        return peers.said();
    }

    /// The census problems of a folder.
    static String census(Path folder, double seconds) throws IOException {
        Peers peers = new Peers();
        for (String file : List.of("Bronx", "Kings")) {
            for (int radius : List.of(200, 400, 800)) {
                for (int open : List.of(10, 50, 100)) {
                    peers.lines.add(String.format(Locale.ROOT, "%s %d m %d open: ", file, radius, open) + peers.cover(CaptureRow.census(folder, file, radius, open), seconds, false));
                }
            }
        }
        return peers.said();
    }

    private String said() {
        return problems + " problems; a peer had a better bound on " + looser + " and a better plan on " + poorer + "; " + lines;
    }

    /// `asWritten`: the peers also with every point a variable and a row of its own, as a planner would write it.
    private String cover(CaptureProblem problem, double seconds, boolean asWritten) {
        PeerResult ours = ours(problem, COVERING_GAP, seconds);
        List<PeerResult> theirs = new ArrayList<>();
        for (boolean merged : asWritten ? new boolean[] {false, true} : new boolean[] {true}) {
            CoveringPeers peers = new CoveringPeers(problem, seconds, COVERING_GAP, merged);
            theirs.addAll(List.of(peers.scip(), peers.cbc(), peers.highs(), peers.cpSat(CP_SAT_WORKERS)));
        }
        theirs.add(PlainGreedy.solve(problem));
        problems++;
        looser += theirs.stream().anyMatch(peer -> peer.upper() < ours.upper() * (1 - COVERING_GAP)) ? 1 : 0;
        poorer += theirs.stream().anyMatch(peer -> peer.lower() > ours.lower() * (1 + COVERING_GAP)) ? 1 : 0;
        return text(ours) + theirs.stream().map(peer -> against(ours, peer)).collect(Collectors.joining());
    }

    /// What takes less than a second is done twice, and the second counts: the peers are compiled before they begin.
    private static PeerResult ours(CaptureProblem problem, double gap, double seconds) {
        PeerResult first = once(problem, gap, seconds);
        return first.seconds() < 1 ? once(problem, gap, seconds) : first;
    }

    private static PeerResult once(CaptureProblem problem, double gap, double seconds) {
        long start = System.nanoTime();
        Outcome.Planned planned = CaptureRow.solve(problem, gap, seconds);
        double taken = (System.nanoTime() - start) / 1e9;
        return new PeerResult("ours", taken, planned.lower(), planned.upper(), planned instanceof Outcome.Optimal, "");
    }

    private static String against(PeerResult ours, PeerResult peer) {
        String ratio = Double.isInfinite(peer.upper()) ? "" : String.format(Locale.ROOT, " (%s%.3g times our time)", peer.proven() ? "" : "over ", peer.seconds() / ours.seconds());
        return ", " + text(peer) + ratio;
    }

    private static String text(PeerResult result) {
        String bound = Double.isInfinite(result.upper()) ? "no bound" : result.proven() ? "proven" : String.format(Locale.ROOT, "gap %.2f%%", 100 * result.gap());
        String note = result.note().isEmpty() ? "" : " [" + result.note() + "]";
        return String.format(Locale.ROOT, "%s %.7g %s in %.2f s%s", result.peer(), result.lower(), bound, result.seconds(), note);
    }
}

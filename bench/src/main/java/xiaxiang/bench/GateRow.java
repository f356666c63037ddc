package xiaxiang.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// A row of the simulation gate: a world with a hidden truth, simulated many times under fixed seeds, and a method that judges it.
/// `mustPass` is false for a method known to fail there, which must then warn.
record GateRow(String name, String world, String method, int replications, boolean mustPass, LongFunction<Replication> simulation) {
    /// What became of one world: whether the 95% interval of the coefficient or effect covered its truth, whether a 5% test rejected a true null, and what the
    /// output warned of ("" if of nothing).
    /// A refusal gives neither: it is counted apart.
    record Replication(boolean covered, boolean rejected, boolean refused, String warning) {
        static Replication refused(String why) {
            return new Replication(false, false, true, why);
        }
    }

    /// Parts of the worlds that gave an answer, and the most common warning with the part of worlds that had one.
    record Passed(int answered, int refused, double coverage, double rejection, double warned, String warning) {
        boolean isInside() {
            return coverage >= .93 && coverage <= .97 && rejection >= .04 && rejection <= .06;
        }
    }

    /// Simulates with seeds 1 to `replications`, in parallel; the result does not depend on the threads.
    Passed run() {
        List<Replication> all = LongStream.rangeClosed(1, replications).parallel().mapToObj(simulation).toList();
        List<Replication> answered = all.stream().filter(r -> !r.refused()).toList();
        double n = Math.max(1, answered.size());
        return new Passed(answered.size(), all.size() - answered.size(), answered.stream().filter(Replication::covered).count() / n,
                answered.stream().filter(Replication::rejected).count() / n,
                all.stream().filter(r -> !r.warning().isEmpty()).count() / (double) all.size(), all.stream().map(Replication::warning).filter(w -> !w.isEmpty()).findFirst().orElse(""));
    }

    /// Whether the row is as it must be: inside, or else warned of in every world.
    boolean holds(Passed passed) {
        return passed.isInside() || (!mustPass && passed.warned() == 1);
    }

    /// The row of the table.
    String cells(Passed p) {
        return String.format(Locale.ROOT, "| %s | %s | %s | %d, %d refused | %.1f%% | %.1f%% | %s | %s |", name, world, method, p.answered() + p.refused(),
                p.refused(), 100 * p.coverage(), 100 * p.rejection(),
                p.warned() == 0 ? "nothing" : String.format(Locale.ROOT, "%s (in %.0f%%)", p.warning(), 100 * p.warned()), holds(p) ? p.isInside() ? "inside" : "outside, warned" : "**no**");
    }
}

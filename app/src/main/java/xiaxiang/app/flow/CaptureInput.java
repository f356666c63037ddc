package xiaxiang.app.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.door.Problems;
import xiaxiang.core.rollout.Hm14File;
import xiaxiang.core.rollout.MclpFile;
import xiaxiang.core.rollout.Option;
import xiaxiang.core.rollout.RolloutProblem;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Plan;
import xiaxiang.engine.capture.Scenarios;
import xiaxiang.engine.capture.WaveProblem;

/// Where a problem for the capture engine alone comes from.
public sealed interface CaptureInput {
    /// The file, or the folder.
    Path path();

    /// A maximum capture problem of the literature; see [Hm14File].
    /// Each pair of an alpha and a beta is a scenario, all equally probable; of several the mean counts, or the worst.
    record Hm14(Path path, List<Double> alpha, List<Double> beta, List<Integer> open, boolean worst) implements CaptureInput {
        public Hm14 {
            open = List.copyOf(open);
            alpha = List.copyOf(alpha);
            beta = List.copyOf(beta);
        }
    }

    /// A maximal covering problem of the literature; see [MclpFile].
    record Mclp(Path path, double radiusMeters, List<Integer> open) implements CaptureInput {
        public Mclp {
            open = List.copyOf(open);
        }
    }

    /// A workspace with its own scenario; see [RolloutProblem].
    record Workspace(Path path) implements CaptureInput {}

    /// What a share is of: of all weight, or of the phones bought, as a plan counts it.
    interface Shares {
        /// The share with the given sites open, in [0, 1].
        double of(boolean[] open);

        /// The problem and its net capture that mean a share.
        RolloutProblem.Target target(double share);

        /// Of all weight, what stays included.
        static Shares ofWeight(CaptureProblem problem) {
            return new Shares() {
                @Override
                public double of(boolean[] open) {
                    return problem.share(open);
                }

                @Override
                public RolloutProblem.Target target(double share) {
                    return new RolloutProblem.Target(problem, problem.netAtShare(share));
                }
            };
        }

        /// Of the phones bought.
        static Shares ofBought(RolloutProblem asked, Demand demand) {
            return new Shares() {
                @Override
                public double of(boolean[] open) {
                    return asked.share(demand, open);
                }

                @Override
                public RolloutProblem.Target target(double share) {
                    return asked.target(demand, share);
                }
            };
        }
    }

    /// A problem, the ids of its sites where they have any (as many as sites, or none), and the scenarios it is made of (at least 1), and what each
    /// wave may use of each resource where waves were asked for.
    record Posed(CaptureProblem problem, List<String> ids, List<CaptureProblem> scenarios, @Nullable WaveProblem waves, Shares shares) {
        public Posed {
            ids = List.copyOf(ids);
            scenarios = List.copyOf(scenarios);
        }

        /// How probable it is that plan `a` captures more than plan `b`, over scenarios equally probable.
        public Scenarios.Chance compare(Plan a, Plan b) {
            return Scenarios.compare(scenarios, even(scenarios.size()), a, b);
        }

        private static double[] even(int count) {
            double[] even = new double[count];
            Arrays.fill(even, 1.0 / count);
            return even;
        }
    }

    /// Reads the problem; null if anything is wrong, and then `problems` says all of it. Throws IllegalArgumentException for a number out of its range, or
    /// a scenario that locks what does not exist.
    default @Nullable Posed read(Problems problems) {
        return switch (this) {
            case Hm14 hm14 -> scenarios(hm14, problems);
            case Mclp(Path path, double radiusMeters, List<Integer> open) -> posed(MclpFile.read(path, radiusMeters, open.getLast(), problems), open);
            case Workspace(Path path) -> workspace(path, problems);
        };
    }

    private static @Nullable Posed posed(@Nullable CaptureProblem problem, List<Integer> open) {
        if (problem == null) return null;
        return new Posed(problem, List.of(), List.of(problem), open.size() == 1 ? null : waves(problem, open), Shares.ofWeight(problem));
    }

    /// Waves of equal length.
    private static WaveProblem waves(CaptureProblem problem, List<Integer> open) {
        double[] length = new double[open.size()];
        Arrays.fill(length, 1);
        return WaveProblem.of(problem, length, new double[][] {open.stream().mapToDouble(n -> n).toArray()});
    }

    private static @Nullable Posed scenarios(Hm14 asked, Problems problems) {
        List<CaptureProblem> scenarios = new ArrayList<>();
        for (double alpha : asked.alpha()) {
            for (double beta : asked.beta()) {
                CaptureProblem one = Hm14File.read(asked.path(), alpha, beta, asked.open().getLast(), problems);
                if (one == null) return null;
                scenarios.add(one);
            }
        }
        if (scenarios.size() == 1) return posed(scenarios.getFirst(), asked.open());
        CaptureProblem problem = asked.worst() ? Scenarios.worst(scenarios) : Scenarios.mean(scenarios, Posed.even(scenarios.size()));
        return new Posed(problem, List.of(), scenarios, null, Shares.ofWeight(problem));
    }

    private static @Nullable Posed workspace(Path folder, Problems problems) {
        PlanFacts facts = PlanFacts.read(new PlanInput.Workspace(folder), problems);
        if (facts == null) return null;
        Demand demand = PlanRollout.demand(facts);
        RolloutProblem asked = RolloutProblem.of(facts.atlas(), demand, facts.scenario());
        return new Posed(asked.problem(), asked.options().stream().map(Option::id).toList(), List.of(asked.problem()), asked.waves(facts.scenario()), Shares.ofBought(asked, demand));
    }
}

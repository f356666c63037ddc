package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One decision under several views of the world: problems that differ in weights, ratios, what stays, and in nothing else. A plan's capture is then a
/// number a scenario. Maximised is their mean ([#mean]) or the worst of them ([#worst]).
///
/// The worst case is bounded by any mean: `min_k Z_k(S) <= sum_k lambda_k Z_k(S)` for lambda >= 0 that adds up to 1, and the right side is a capture like
/// any other. Each node of the tree looks for the lambda of the lowest bound.
public final class Scenarios {
    private Scenarios() {}

    /// The problem of the mean, with probabilities that add up to 1 (to 1e-9). O(non-zeros of all).
    /// Throws IllegalArgumentException when the scenarios differ in more than their points, or the probabilities are none.
    public static CaptureProblem mean(List<CaptureProblem> scenarios, double[] probability) {
        checkProbabilities(probability, scenarios.size());
        return stacked(scenarios, probability);
    }

    /// The problem of the worst scenario: a plan's net capture is the least it captures in any. O(non-zeros of all).
    /// Throws IllegalArgumentException when the scenarios differ in more than their points.
    public static CaptureProblem worst(List<CaptureProblem> scenarios) {
        double[] ones = new double[scenarios.size()];
        Arrays.fill(ones, 1);
        CaptureProblem stacked = stacked(scenarios, ones);
        int[] blocks = new int[ones.length + 1];
        for (int k = 0; k < ones.length; k++) {
            blocks[k + 1] = blocks[k] + scenarios.get(k).points();
        }
        return stacked.worstOf(blocks);
    }

    /// How probable it is that plan `a` captures more than plan `b`, and that they capture the same (to a billionth part of today's and theirs).
    /// `better` is in [0, 1], `better + same + worse` is 1.
    public record Chance(double better, double same) {
        /// The chance that the second plan captures more.
        public double worse() {
            return Math.max(0, 1 - better - same);
        }
    }

    /// Compares two plans over scenarios. O(non-zeros of all).
    public static Chance compare(List<CaptureProblem> scenarios, double[] probability, Plan a, Plan b) {
        checkProbabilities(probability, scenarios.size());
        double better = 0;
        double same = 0;
        for (int k = 0; k < probability.length; k++) {
            CaptureProblem p = scenarios.get(k);
            double first = p.netCapture(a.asBooleans(p.sites()));
            double second = p.netCapture(b.asBooleans(p.sites()));
            boolean equal = Math.abs(first - second) <= 1e-9 * (Math.abs(first) + Math.abs(second) + Math.abs(p.captureToday()));
            same += equal ? probability[k] : 0;
            better += !equal && first > second ? probability[k] : 0;
        }
        return new Chance(Math.min(1, better), Math.min(1, same));
    }

    private static void checkProbabilities(double[] probability, int scenarios) {
        double sum = 0;
        for (double p : probability) {
            if (!(p >= 0)) {
                throw new IllegalArgumentException("A probability (" + p + ") must be at least 0.");
            }
            sum += p;
        }
        if (probability.length != scenarios || !(Math.abs(sum - 1) <= 1e-9)) {
            throw new IllegalArgumentException("The probabilities (" + Arrays.toString(probability) + ") must be one a scenario (" + scenarios + ") and add up to 1.");
        }
    }

    /// All points one after the other, weights multiplied by `part` of their scenario.
    private static CaptureProblem stacked(List<CaptureProblem> scenarios, double[] part) {
        if (scenarios.isEmpty()) {
            throw new IllegalArgumentException("The number of scenarios (0) must be at least 1.");
        }
        CaptureProblem first = scenarios.getFirst();
        long points = 0;
        long entries = 0;
        for (CaptureProblem p : scenarios) {
            first.checkSameChoice(p);
            points += p.points();
            entries += p.nonZeros();
        }
        if (points >= Integer.MAX_VALUE || entries >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The ratios of all scenarios together (" + entries + ") must be below 2^31. Maybe fewer scenarios?");
        }
        CaptureProblem.Rows rows = new CaptureProblem.Rows(new double[(int) points], new double[(int) points], new int[(int) points + 1],
                new int[(int) entries], new float[(int) entries]);
        int at = 0;
        for (int k = 0; k < part.length; k++) {
            at = append(scenarios.get(k), part[k], rows, at);
        }
        return first.withRows(rows);
    }

    private static int append(CaptureProblem p, double part, CaptureProblem.Rows to, int firstPoint) {
        int point = firstPoint;
        for (int i = 0; i < p.points(); i++, point++) {
            to.weight()[point] = p.weight(i) * part;
            to.stays()[point] = p.stays(i);
            int at = to.start()[point];
            for (int e = p.rowStart(i); e < p.rowStart(i + 1); e++, at++) {
                to.site()[at] = p.siteAt(e);
                to.ratio()[at] = p.ratioAt(e);
            }
            to.start()[point + 1] = at;
        }
        return point;
    }

    /// All weight on the scenario in which a plan captures least: there the bound of the plan alone is its value.
    static double[] onlyWorst(CaptureProblem p, boolean[] plan) {
        double[] captures = p.captures(plan);
        int worst = 0;
        for (int k = 1; k < captures.length; k++) {
            double net = captures[k] - p.capturesToday()[k];
            worst = net < captures[worst] - p.capturesToday()[worst] ? k : worst;
        }
        double[] lambda = new double[captures.length];
        lambda[worst] = 1;
        return lambda;
    }

    /// Looks for the weights of the lowest bound: every x met captures something in each scenario, and the next weights are those at which the best of them
    /// captures least, a small matrix game, solved by regret matching. Source: Tammelin, Burch, Johanson and Bowling (2015).
    static final class Weights {
        private static final int ROUNDS = 2_000;
        private static final double ENOUGH = 1e-9;
        private static final double NONE = 1e-5;
        private final List<double[]> met = new ArrayList<>();
        private double[] lambda;
        private double mostLeast = Double.NEGATIVE_INFINITY;

        Weights(double[] from) {
            lambda = from.clone();
        }

        static double[] even(int scenarios) {
            double[] even = new double[scenarios];
            Arrays.fill(even, 1.0 / scenarios);
            return even;
        }

        double[] now() {
            return lambda;
        }

        /// Steps, given what each scenario captures at the x of the last bound; false when nothing is left to win.
        boolean step(double[] nets) {
            double mean = 0;
            double least = Double.POSITIVE_INFINITY;
            double size = 0;
            for (int k = 0; k < nets.length; k++) {
                mean += lambda[k] * nets[k];
                least = Math.min(least, nets[k]);
                size = Math.max(size, Math.abs(nets[k]));
            }
            mostLeast = Math.max(mostLeast, least);
            if (!(mean - mostLeast > ENOUGH * size)) {
                return false;
            }
            met.add(nets);
            double[] before = lambda;
            lambda = game();
            return !Arrays.equals(before, lambda);
        }

        /// Weights at which the largest mean over what was met is least.
        private double[] game() {
            double[] regretOfMet = new double[met.size()];
            double[] regret = new double[lambda.length];
            double[] sum = new double[lambda.length];
            for (int round = 1; round <= ROUNDS; round++) {
                double[] column = matched(regret);
                double[] row = matched(regretOfMet);
                double[] byScenario = new double[regret.length];
                double[] byMet = new double[regretOfMet.length];
                double value = 0;
                for (int r = 0; r < byMet.length; r++) {
                    for (int k = 0; k < byScenario.length; k++) {
                        double net = met.get(r)[k];
                        byMet[r] += column[k] * net;
                        byScenario[k] += row[r] * net;
                    }
                    value += row[r] * byMet[r];
                }
                for (int r = 0; r < byMet.length; r++) {
                    regretOfMet[r] = Math.max(0, regretOfMet[r] + byMet[r] - value);
                }
                for (int k = 0; k < byScenario.length; k++) {
                    regret[k] = Math.max(0, regret[k] + value - byScenario[k]);
                    sum[k] += round * column[k];
                }
            }
            return cleaned(sum);
        }

        /// Nothing for what hardly counts: an average never quite forgets where it began.
        private static double[] cleaned(double[] sum) {
            double all = Arrays.stream(sum).sum();
            double[] clean = new double[sum.length];
            for (int k = 0; k < sum.length; k++) {
                clean[k] = sum[k] < NONE * all ? 0 : sum[k];
            }
            return matched(clean);
        }

        private static double[] matched(double[] regret) {
            double sum = Arrays.stream(regret).sum();
            double[] part = new double[regret.length];
            for (int k = 0; k < part.length; k++) {
                part[k] = sum > 0 ? regret[k] / sum : 1.0 / part.length;
            }
            return part;
        }
    }
}

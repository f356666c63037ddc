package xiaxiang.engine.capture;

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

    /// Weights of the scenarios that follow the worst ones by multiplied steps. Source: Arora, Hazan and Kale, The multiplicative weights update
    /// method (2012), with steps by Polyak's rule.
    static final class Weights {
        private static final double ENOUGH = 1e-9;
        private final double[] log;
        private double mostLeast = Double.NEGATIVE_INFINITY;

        /// Begins at given weights; a weight of 0 may grow again.
        Weights(double[] from) {
            log = new double[from.length];
            for (int k = 0; k < log.length; k++) {
                log[k] = Math.log(Math.max(1e-4, from[k]));
            }
        }

        static double[] even(int scenarios) {
            double[] even = new double[scenarios];
            Arrays.fill(even, 1.0 / scenarios);
            return even;
        }

        double[] now() {
            double most = Arrays.stream(log).max().orElse(0);
            double[] lambda = new double[log.length];
            double sum = 0;
            for (int k = 0; k < log.length; k++) {
                lambda[k] = Math.exp(log[k] - most);
                sum += lambda[k];
            }
            for (int k = 0; k < log.length; k++) {
                lambda[k] /= sum;
            }
            return lambda;
        }

        /// Steps, given what each scenario captures at the x of the last bound; false when nothing is left to win.
        boolean step(double[] nets) {
            double[] lambda = now();
            double mean = 0;
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < nets.length; k++) {
                mean += lambda[k] * nets[k];
                least = Math.min(least, nets[k]);
                most = Math.max(most, nets[k]);
            }
            mostLeast = Math.max(mostLeast, least);
            double range = most - least;
            double toWin = mean - mostLeast;
            if (!(toWin > ENOUGH * (Math.abs(mean) + range))) {
                return false;
            }
            double length = Math.min(4, 2 * toWin / (range * range) * range);
            for (int k = 0; k < nets.length; k++) {
                log[k] -= length * (nets[k] - least) / range;
            }
            return true;
        }
    }
}

package xiaxiang.engine.capture;

import java.util.Arrays;

/// One decision where to open and when: waves 1..T with growing limits; immutable. Site j opens in one wave or in none, and stays open. With
/// `S_t` the sites opened by wave t, a plan's capture is `sum_t w_t Z(S_t)`, `w_t` the length of the time between wave t and the next
/// (years, when the weights of the points are units a year), and its net capture that less `sum_t w_t Z(openToday)`.
///
/// A plan is feasible when every `S_t` keeps the rules of the base problem under the limits of wave t. So a group opens at most one of its sites, in one
/// wave, and never changes it; a required site opens in wave 1; what is open today and opens in no wave is closed from wave 1 on; a group uses what it
/// uses when none of it is open until its site's wave.
public final class WaveProblem {
    private static final int MOST_RATIOS = 20_000_000;

    private final CaptureProblem base;
    private final double[] weight;
    private final double[][] limit;

    private WaveProblem(CaptureProblem base, double[] weight, double[][] limit) {
        this.base = base;
        this.weight = weight;
        this.limit = limit;
    }

    /// Waves of the base problem, whose own limits do not matter: `weight[t] >= 0` and `limit[k][t]` of resource k, never falling in t, for t = 0..T - 1.
    /// Throws IllegalArgumentException naming the first thing out of its bounds.
    public static WaveProblem of(CaptureProblem base, double[] weight, double[][] limit) {
        int waves = weight.length;
        need(waves >= 1, "number of waves", waves, "must be at least 1");
        if (!base.extras().isPlain()) {
            throw new IllegalArgumentException("Waves must be made of a problem without worth of sites, outsiders and scenarios (" + base + ").");
        }
        need(limit.length == base.resources(), "number of rows of limits", limit.length, "must be the number of resources (" + base.resources() + ")");
        for (double w : weight) {
            need(w >= 0 && w <= 1e200, "weight of a wave", w, "must be at least 0 and at most 1e200");
        }
        CaptureProblem last = base;
        double[][] own = new double[limit.length][];
        for (int k = 0; k < limit.length; k++) {
            need(limit[k].length == waves, "number of limits of resource " + k, limit[k].length, "must be the number of waves (" + waves + ")");
            own[k] = limit[k].clone();
            for (int t = 0; t < waves; t++) {
                ProblemChecks.limit(k, own[k][t]);
                need(t == 0 || own[k][t] >= own[k][t - 1], "limit of resource " + k + " in wave " + (t + 1), own[k][t], "must be at least that of the wave before");
            }
            last = last.withLimit(k, own[k][waves - 1]);
        }
        return new WaveProblem(last, weight.clone(), own);
    }

    private static void need(boolean holds, String name, Object value, String bound) {
        if (!holds) {
            throw new IllegalArgumentException("The " + name + " (" + value + ") " + bound + ".");
        }
    }

    /// The points, the sites and their rules, under the limits of the last wave.
    public CaptureProblem base() {
        return base;
    }

    /// Number of waves, at least 1.
    public int waves() {
        return weight.length;
    }

    /// Length of the time after wave t, from 0.
    public double weight(int t) {
        return weight[t];
    }

    /// Limit of resource k until after wave t, from 0.
    public double limit(int k, int t) {
        return limit[k][t];
    }

    /// The base problem under the limits of wave t, from 0; shares the large arrays.
    public CaptureProblem at(int t) {
        CaptureProblem problem = base;
        for (int k = 0; k < limit.length; k++) {
            problem = problem.withLimit(k, limit[k][t]);
        }
        return problem;
    }

    /// `sum_t w_t Z(S_t)`. O(non-zeros + points x waves).
    public double capture(WavePlan plan) {
        CaptureProblem.Rows rows = base.rows();
        double[] opened = new double[waves()];
        double total = 0;
        for (int i = 0; i < base.points(); i++) {
            Arrays.fill(opened, 0);
            for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
                int wave = plan.wave(rows.site()[e]);
                if (wave > 0) {
                    opened[wave - 1] += rows.ratio()[e];
                }
            }
            double open = 0;
            double units = 0;
            for (int t = 0; t < opened.length; t++) {
                open += opened[t];
                units += weight[t] * base.kernel().rise(rows.stays()[i], open);
            }
            total += rows.weight()[i] * units;
        }
        return total;
    }

    /// `sum_t w_t Z(openToday)`.
    public double captureToday() {
        return Arrays.stream(weight).sum() * base.captureToday();
    }

    /// What a plan captures more than today's sites would in the same time.
    public double netCapture(WavePlan plan) {
        return capture(plan) - captureToday();
    }

    /// Whether a plan obeys every rule. O(sites x resources x waves).
    public boolean isFeasible(WavePlan plan) {
        if (plan.waves() != waves() || plan.sites() != base.sites()) {
            return false;
        }
        for (int t = 0; t < waves(); t++) {
            if (!at(t).isFeasible(plan.openBy(t + 1).asBooleans(base.sites()))) {
                return false;
            }
        }
        return true;
    }

    /// SHA-256, in hexadecimal, over a canonical byte form of everything above.
    public String fingerprint() {
        return Fingerprint.of(base.fingerprint(), weight, limit);
    }

    /// Whether [#expanded] is small enough to be worth building: 20 million ratios.
    public boolean isExpandable() {
        long sites = (long) base.sites() * waves();
        long points = (long) base.points() * waves();
        return (long) base.nonZeros() * waves() * (waves() + 1) / 2 <= MOST_RATIOS && Math.max(sites, points) <= MOST_RATIOS;
    }

    /// The same decision as one without waves: site `j T + t` is site j opened in wave t, point `t n + i` is point i after wave t, resource `k T + t` is
    /// resource k after wave t; sites of one base site, or of one base group, are a group. Its plans are this problem's, with the same capture.
    /// O(non-zeros x waves^2).
    public CaptureProblem expanded() {
        return new WaveExpansion(this).problem();
    }

    @Override
    public String toString() {
        return "WaveProblem[" + waves() + " waves of " + base + "]";
    }
}

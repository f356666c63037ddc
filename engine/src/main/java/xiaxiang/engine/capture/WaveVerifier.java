package xiaxiang.engine.capture;

import java.util.Arrays;

/// Checks the certificate of a wave problem without the solver. A certificate about the expanded problem is checked by [Verifier], on an expansion made here
/// anew. Any other must be about the root: one rho for each point and wave (point `t n + i`), one price for each resource and wave (`k T + t`), and is
/// checked wave by wave: what opening site j in wave tau adds is the sum, over the waves from tau on, of its coefficient in the cuts of that wave.
/// Rounded outward as in [Verifier]. Cost: a pass over the ratios for each wave.
public final class WaveVerifier {
    private final WaveProblem problem;
    private final CaptureProblem base;
    private final int waves;
    private final Certificate certificate;
    private final int[] wave;
    private final VerifierToday today;
    private final VerifierState state;
    /// What each site adds, less its priced use, when it opens in the wave looked at; then its best so far.
    private final double[] score;
    private final double[] best;
    private double absolute;

    private WaveVerifier(WaveProblem problem, Certificate certificate) {
        this.problem = problem;
        this.base = problem.base();
        this.waves = problem.waves();
        this.certificate = certificate;
        this.wave = new int[base.sites()];
        this.today = new VerifierToday(base);
        this.state = new VerifierState(base, today);
        this.score = new double[base.sites()];
        this.best = new double[base.sites()];
    }

    /// Proven with bounds rounded outward, or refused with the first fault found.
    public static Verdict verify(WaveProblem problem, Certificate certificate) {
        if (!certificate.fingerprint().equals(problem.fingerprint())) {
            return problem.isExpandable() ? Verifier.verify(WaveStatement.of(problem), certificate) : new Verdict.Refused("It is about another problem.");
        }
        try {
            return new WaveVerifier(problem, certificate).run();
        } catch (Verifier.Fault fault) {
            return new Verdict.Refused(fault.why);
        }
    }

    private Verdict run() throws Verifier.Fault {
        Verifier.Fault.unless(certificate.plan().sites() == (long) base.sites() * waves, "Its plan has another number of sites or waves.");
        Verifier.Fault.unless(Arrays.equals(certificate.steps(), new int[] {Certificate.USE, Certificate.LEAF}) && certificate.multipliers().size() == 1,
                "It must be one leaf with one set of multipliers.");
        readPlan();
        Neumaier net = new Neumaier();
        Neumaier before = new Neumaier();
        double scale = 0;
        double todayScale = 0;
        for (int t = 0; t < waves; t++) {
            VerifierPlan.check(problem.at(t), openBy(t));
            scale += capture(openBy(t), problem.weight(t), net);
            todayScale += capture(base.openToday(), -problem.weight(t), before);
        }
        net.add(before.value());
        double lower = net.value() - Verifier.SLACK * (scale + todayScale);
        double upper = Math.max(lower, bound(certificate.multipliers().getFirst()) + before.value() + Verifier.SLACK * todayScale);
        double tolerance = 1e-9 * (scale + todayScale + Math.abs(upper)) + 2 * Verifier.SLACK * absolute;
        Verifier.Fault.unless(certificate.upper() >= upper - tolerance, "It claims the upper bound " + certificate.upper() + " but proves " + upper + ".");
        Verifier.Fault.unless(certificate.lower() <= lower + tolerance,
                "It claims the lower bound " + certificate.lower() + " but its plan captures " + lower + ".");
        return new Verdict.Proven(lower, upper, Verifier.gap(lower, upper));
    }

    private void readPlan() throws Verifier.Fault {
        for (int choice : certificate.plan().open()) {
            Verifier.Fault.unless(wave[choice / waves] == 0, "Its plan opens site " + choice / waves + " in two waves.");
            wave[choice / waves] = choice % waves + 1;
        }
    }

    private boolean[] openBy(int t) {
        boolean[] open = new boolean[wave.length];
        for (int j = 0; j < open.length; j++) {
            open[j] = wave[j] > 0 && wave[j] <= t + 1;
        }
        return open;
    }

    /// Adds `weight` times the capture of what is open; gives the absolute terms.
    private double capture(boolean[] open, double weight, Neumaier sum) {
        Neumaier one = new Neumaier();
        double terms = today.addCapture(open, one);
        sum.add(weight * one.value());
        return Math.abs(weight) * terms;
    }

    /// Gross capture no plan can pass. The waves are taken from the last to the first, so that a site's score grows by one wave's coefficients at a time.
    private double bound(Certificate.Multipliers multipliers) throws Verifier.Fault {
        checkShapes(multipliers);
        Neumaier total = new Neumaier();
        double[] none = new double[state.units()];
        int[] earliest = earliest();
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int t = waves - 1; t >= 0; t--) {
            addPoints(t, multipliers.rho(), total);
            addUses(t, multipliers.theta(), total, none);
            for (int j = 0; j < score.length; j++) {
                best[j] = t < earliest[j] ? best[j] : Math.max(best[j], score[j]);
            }
        }
        for (int unit = 0; unit < none.length; unit++) {
            if (state.isUnit(unit)) {
                total.add(best(unit, none[unit]));
                absolute += none[unit];
            }
        }
        return total.value() + Verifier.SLACK * absolute;
    }

    /// The first wave in which each site fits beside the cheapest of every other unit; no plan opens it before.
    private int[] earliest() {
        int[] earliest = new int[score.length];
        for (int k = 0; k < base.resources(); k++) {
            Neumaier all = new Neumaier();
            double[] least = new double[state.units()];
            for (int unit = 0; unit < least.length; unit++) {
                least[unit] = state.isUnit(unit) ? least(k, unit) : 0;
                all.add(least[unit]);
            }
            for (int j = 0; j < earliest.length; j++) {
                double used = (all.value() - least[state.unit(j)] + base.use(k, j)) * (1 - 1e-11);
                while (earliest[j] < waves && used > problem.limit(k, earliest[j]) * (1 + 1.5e-9)) {
                    earliest[j]++;
                }
            }
        }
        return earliest;
    }

    private double least(int k, int unit) {
        double least = state.noneUse(k, unit);
        for (int index = 0; index < state.size(unit); index++) {
            int j = state.member(unit, index);
            if (state.of(j) == VerifierState.OPEN) {
                return base.use(k, j);
            }
            least = state.of(j) == VerifierState.FREE ? Math.min(least, base.use(k, j)) : least;
        }
        return least;
    }

    private void checkShapes(Certificate.Multipliers m) throws Verifier.Fault {
        Verifier.Fault.unless(!state.clashedAtRoot(), "The required and forbidden sites contradict each other.");
        Verifier.Fault.unless(m.rho().length == (long) base.points() * waves, "Its multipliers are for another number of points or waves.");
        Verifier.Fault.unless(m.theta().length == base.resources() * waves, "Its prices are for another number of resources or waves.");
        Verifier.Fault.unless(m.chosen().length == 0, "A certificate over waves has no chosen sites.");
        Verifier.Fault.unless(m.lambda().length == 0, "A certificate over waves has no scenarios.");
        for (double price : m.theta()) {
            Verifier.Fault.unless(price >= 0 && price < Double.POSITIVE_INFINITY, "A price (" + price + ") must be at least 0 and finite.");
        }
    }

    /// Adds the cuts of wave t to the total and the free sites' scores. A required site is open in every wave and shifts t.
    private void addPoints(int t, float[] rho, Neumaier total) throws Verifier.Fault {
        double[] sum = new double[score.length];
        double[] lost = new double[score.length];
        Curve curve = Curve.of(base.kernel());
        for (int i = 0; i < base.points(); i++) {
            double multiplier = rho[t * base.points() + i];
            Verifier.Fault.unless(multiplier >= 0 && multiplier <= Float.MAX_VALUE, "A multiplier (" + multiplier + ") must be at least 0 and finite.");
            double weight = problem.weight(t) * base.weight(i);
            Neumaier open = new Neumaier();
            for (int e = base.rowStart(i); e < base.rowStart(i + 1); e++) {
                if (state.of(base.siteAt(e)) == VerifierState.OPEN) {
                    open.add(base.ratioAt(e));
                }
            }
            addTotal(total, weight * curve.between(base.stays(i), open.value()));
            if (weight > 0) {
                addCut(curve, i, base.stays(i) + open.value(), multiplier, weight, total, sum, lost);
            }
        }
        for (int j = 0; j < score.length; j++) {
            score[j] += sum[j] + lost[j];
        }
    }

    private void addCut(Curve curve, int i, double t, double multiplier, double weight, Neumaier total, double[] sum, double[] lost) throws Verifier.Fault {
        boolean capped = curve instanceof Curve.Capped;
        Verifier.Fault.unless(!capped || multiplier <= 1, "A slope (" + multiplier + ") of a covering problem must be at most 1.");
        double room = Math.max(0, 1 - t);
        VerifierLift cut = new VerifierLift(curve, t, 0, multiplier, multiplier);
        addTotal(total, weight * (capped ? (1 - multiplier) * room : cut.constant()));
        absolute += capped ? 0 : weight * cut.size();
        for (int e = base.rowStart(i); e < base.rowStart(i + 1); e++) {
            int j = base.siteAt(e);
            if (state.of(j) == VerifierState.FREE) {
                double r = base.ratioAt(e);
                // A site's term may be part of the score in every wave up to this one, but of its best only once.
                absolute += weight * (capped ? multiplier * Math.min(r, room) : cut.sizeAt(r) + cut.ofOther(r));
                add(sum, lost, j, weight * (capped ? multiplier * Math.min(r, room) : cut.ofOther(r)));
            }
        }
    }

    private static void add(double[] sum, double[] lost, int j, double term) {
        double next = sum[j] + term;
        lost[j] += Math.abs(sum[j]) >= Math.abs(term) ? (sum[j] - next) + term : (term - next) + sum[j];
        sum[j] = next;
    }

    private void addTotal(Neumaier total, double term) {
        total.add(term);
        absolute += Math.abs(term);
    }

    /// Prices of wave t: what is allowed into the total, the uses of sites open in it off their scores. A site that opens only later leaves its group's use
    /// with none open; that, the same for all of the group, is `none`, and what a site's score loses is its use beyond it.
    private void addUses(int t, double[] theta, Neumaier total, double[] none) {
        for (int k = 0; k < base.resources(); k++) {
            double price = theta[k * waves + t];
            addTotal(total, price * (problem.limit(k, t) + 1e-9 * problem.limit(k, t)));
            for (int unit = 0; unit < none.length; unit++) {
                none[unit] += price * state.noneUse(k, unit);
            }
            for (int j = 0; j < score.length; j++) {
                score[j] -= price * (base.use(k, j) - state.noneUse(k, state.unit(j)));
                absolute += state.of(j) == VerifierState.CLOSED ? 0 : price * (base.use(k, j) + state.noneUse(k, state.unit(j)));
            }
        }
    }

    /// The most a unit's choice of a site and a wave, or of none, can be worth.
    private double best(int unit, double none) {
        double most = 0;
        for (int index = 0; index < state.size(unit); index++) {
            int j = state.member(unit, index);
            if (state.of(j) == VerifierState.OPEN) {
                return score[j] - none; // open in every wave, and nothing but its use is in the score
            }
            most = state.of(j) == VerifierState.FREE ? Math.max(most, best[j]) : most;
        }
        return most - none;
    }
}

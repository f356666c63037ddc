package xiaxiang.engine.capture;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks a [Certificate] against a [CaptureProblem] without the solver or the kernels: it works out every number anew
/// from the problem's weights, ratios, uses and limits, and believes nothing the certificate says.
///
/// Rounding. Every term is made of fewer than 30 operations, each good to one unit in the last place; a power's
/// exponent is below 700, which costs at most 2e-13 of the term. Sums are compensated (Neumaier), so that their error is a few
/// 1e-16 of the sum of absolute terms, whatever their number. [VerifierCut] adds up the absolute terms, differences counted
/// as sums, and 1e-12 of that total is given away: five times the worst case.
///
/// Cost: one pass over the ratios for each multipliers used, then one group for each leaf.
public final class Verifier {
    static final double SLACK = 1e-12;

    private final CaptureProblem problem;
    private final Certificate certificate;
    private final VerifierToday today;
    private final VerifierState state;
    private double bound = Double.NEGATIVE_INFINITY;
    private double givenAway;

    private Verifier(CaptureProblem problem, Certificate certificate) {
        this.problem = problem;
        this.certificate = certificate;
        this.today = new VerifierToday(problem);
        this.state = new VerifierState(problem, today);
    }

    /// Proven with bounds rounded outward, or refused with the first fault found.
    public static Verdict verify(CaptureProblem problem, Certificate certificate) {
        try {
            return new Verifier(problem, certificate).run();
        } catch (Fault fault) {
            return new Verdict.Refused(fault.why);
        }
    }

    private Verdict run() throws Fault {
        Fault.unless(certificate.fingerprint().equals(problem.fingerprint()), "It is about another problem.");
        Fault.unless(certificate.plan().sites() == problem.sites(), "Its plan has another number of sites.");
        checkShapes();
        boolean[] open = certificate.plan().asBooleans(problem.sites());
        VerifierPlan.check(problem, open);
        double[] scale = new double[1];
        double lower = today.least(open, scale);
        walk();
        double upper = Math.max(lower, bound);
        double tolerance = 1e-9 * (scale[0] + Math.abs(upper)) + givenAway;
        Fault.unless(certificate.upper() >= upper - tolerance,
                "It claims the upper bound " + certificate.upper() + " but proves " + upper + ".");
        Fault.unless(certificate.lower() <= lower + tolerance,
                "It claims the lower bound " + certificate.lower() + " but its plan captures " + lower + ".");
        return new Verdict.Proven(lower, upper, gap(lower, upper));
    }

    /// (upper - lower) / |upper|, for itself, as all that is proven here.
    static double gap(double lower, double upper) {
        return lower == upper ? 0 : upper == 0 ? Double.POSITIVE_INFINITY : (upper - lower) / Math.abs(upper);
    }

    private void checkShapes() throws Fault {
        for (Certificate.Multipliers m : certificate.multipliers()) {
            Fault.unless(m.rho().length == problem.points(), "Its multipliers are for another number of points.");
            Fault.unless(m.share() > 1e-9 && m.share() < 1e9, "A share (" + m.share() + ") must be in 1e-9 .. 1e9.");
            checkPrices(m.theta());
        }
        for (double[] prices : certificate.prices()) {
            checkPrices(prices);
        }
    }

    private void checkPrices(double[] theta) throws Fault {
        Fault.unless(theta.length == problem.resources(), "Its prices are for another number of resources.");
        for (double price : theta) {
            Fault.unless(price >= 0 && price < Double.POSITIVE_INFINITY,
                    "A price (" + price + ") must be at least 0 and finite.");
        }
    }

    /// A side of a branch still to be walked: what was fixed and in force when it was put off.
    private record PutOff(int mark, int site, boolean clashed, @Nullable VerifierCut cut) {}

    private void walk() throws Fault {
        int[] steps = certificate.steps();
        Deque<PutOff> later = new ArrayDeque<>();
        VerifierCut cut = null;
        boolean clashed = state.clashedAtRoot();
        boolean ended = false;
        for (int at = 0; at < steps.length; at++) {
            Fault.unless(!ended, "Its tree goes on after its end.");
            int argument = steps[at] >>> 3;
            switch (steps[at] & 7) {
                case Certificate.USE -> {
                    List<Certificate.Multipliers> layers = new ArrayList<>();
                    layers.add(multipliers(argument));
                    for (; at + 1 < steps.length && (steps[at + 1] & 7) == Certificate.ALSO; at++) {
                        layers.add(multipliers(steps[at + 1] >>> 3));
                    }
                    cut = new VerifierCut(problem, state, layers);
                    continue;
                }
                case Certificate.BRANCH -> {
                    later.push(new PutOff(state.mark(), site(argument), clashed, cut));
                    clashed |= !state.fix(argument, false);
                    continue;
                }
                case Certificate.CLOSED -> {
                    clashed = oneSided(cut, site(argument), false, clashed);
                    continue;
                }
                case Certificate.OPENED -> {
                    clashed = oneSided(cut, site(argument), true, clashed);
                    continue;
                }
                case Certificate.LEAF -> leaf(cut);
                case Certificate.CLASH -> Fault.unless(clashed, "It says a branch contradicts itself that does not.");
                case Certificate.DEAD -> {
                    Fault.unless(argument < certificate.prices().size(), "It names prices it has not.");
                    Fault.unless(VerifierPlan.isDead(problem, state, certificate.prices().get(argument)),
                            "It says a branch is beyond the resources that is not.");
                }
                default -> throw new Fault("Its tree has an unknown step (" + steps[at] + ").");
            }
            if (later.isEmpty()) {
                ended = true;
            } else {
                PutOff side = later.pop();
                state.undo(side.mark());
                cut = side.cut();
                boolean fits = state.fix(side.site(), true);
                clashed = side.clashed() || !fits;
            }
        }
        Fault.unless(ended, "Its tree is cut short: some plans are not covered.");
    }

    private Certificate.Multipliers multipliers(int argument) throws Fault {
        Fault.unless(argument < certificate.multipliers().size(), "It names multipliers it has not.");
        return certificate.multipliers().get(argument);
    }

    private int site(int argument) throws Fault {
        Fault.unless(argument < problem.sites(), "Its tree fixes a site there is not (" + argument + ").");
        return argument;
    }

    private boolean oneSided(@Nullable VerifierCut cut, int site, boolean open, boolean clashed)
            throws Fault {
        int mark = state.mark();
        if (state.fix(site, !open)) {
            leaf(cut);
        }
        state.undo(mark);
        boolean fits = state.fix(site, open);
        return clashed || !fits;
    }

    private void leaf(@Nullable VerifierCut cut) throws Fault {
        if (cut == null) {
            throw new Fault("A leaf has no multipliers.");
        }
        bound = Math.max(bound, cut.bound());
        givenAway = Math.max(givenAway, cut.slack());
    }

    /// Why a certificate is refused; never leaves this file's callers.
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;
        final String why;

        Fault(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        static void unless(boolean holds, String why) throws Fault {
            if (!holds) {
                throw new Fault(why);
            }
        }
    }
}

package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.List;

/// The lifted cut of one set of multipliers, or the mean of several by their shares (cuts are linear, so their mean is one too), taken under the sites fixed when it is made, and its maximum under those fixed
/// later. See the package's comment for why it holds.
final class VerifierCut {
    private final CaptureProblem problem;
    private final VerifierState state;
    private final double[] theta;
    private final List<Certificate.Multipliers> layers;
    private final List<byte[]> levels = new ArrayList<>();
    private final double shares;
    private final double[] lambda;
    private final double[] score;
    private final double[] value;
    private final Neumaier total = new Neumaier();
    private double absolute;
    private int seen;

    VerifierCut(CaptureProblem problem, VerifierState state, List<Certificate.Multipliers> layers) throws Verifier.Fault {
        this.problem = problem;
        this.state = state;
        this.theta = layers.getFirst().theta();
        this.layers = layers;
        double sum = 0;
        for (Certificate.Multipliers layer : layers) {
            levels.add(levels(problem, layer));
            sum += layer.share();
        }
        this.shares = sum;
        this.lambda = state.today().shares(layers.getFirst().lambda());
        this.score = new double[problem.sites()];
        double[] lost = new double[score.length];
        Curve curve = Curve.of(problem.kernel());
        for (int i = 0; i < problem.points(); i++) {
            addPoint(curve, i, lost);
        }
        absolute += state.today().addMean(lambda, total);
        for (int k = 0; k < theta.length; k++) {
            addTotal(theta[k] * (problem.limit(k) + 1e-9 * problem.limit(k)));
        }
        for (int j = 0; j < score.length; j++) {
            score[j] += lost[j];
            addWorth(j);
            for (int k = 0; k < theta.length; k++) {
                score[j] -= theta[k] * problem.use(k, j);
                absolute += state.of(j) == VerifierState.CLOSED ? 0 : theta[k] * problem.use(k, j);
            }
        }
        value = new double[state.units()];
        for (int unit = 0; unit < value.length; unit++) {
            if (state.isUnit(unit)) {
                value[unit] = best(unit);
                total.add(value[unit]);
                absolute += none(unit);
            }
        }
        seen = state.touchedSize();
    }

    /// What a site adds by being open, whatever its points.
    private void addWorth(int j) {
        double worth = problem.extras().worth(j);
        absolute += Math.abs(worth);
        score[j] += worth;
    }

    private void addTotal(double term) {
        total.add(term);
        absolute += Math.abs(term);
    }

    private void addPoint(Curve curve, int i, double[] lost) throws Verifier.Fault {
        Neumaier open = new Neumaier();
        boolean free = false;
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            byte fixed = state.of(problem.siteAt(e));
            free |= fixed == VerifierState.FREE;
            if (fixed == VerifierState.OPEN) {
                open.add(problem.ratioAt(e));
            }
        }
        double weight = problem.weight(i) * state.today().share(lambda, i);
        Curve part = beside(i, curve);
        double stays = problem.stays(i);
        addTotal(weight * part.between(stays, open.value()));
        if (part instanceof Curve.Part) {
            addTotal(weight * part.between(0, stays));
            addTotal(-weight * curve.part(problem.extras().beside()[i]).between(0, stays));
        }
        if (free && weight > 0) {
            double t = stays + open.value();
            for (int layer = 0; layer < layers.size(); layer++) {
                addLayer(part, i, weight, t, layer, lost);
            }
        }
    }

    /// The part of point i that counts, what is open beside it taken out.
    private Curve beside(int i, Curve curve) {
        Extras extras = problem.extras();
        if (!extras.hasOutsiders()) {
            return curve;
        }
        double beside = extras.beside()[i];
        for (int e = extras.start()[i]; e < extras.start()[i + 1]; e++) {
            beside += state.of(extras.site()[e]) == VerifierState.OPEN ? extras.ratio()[e] : 0;
        }
        return curve.part(beside);
    }

    private void addLayer(Curve curve, int i, double all, double t, int layer, double[] lost) throws Verifier.Fault {
        Certificate.Multipliers multipliers = layers.get(layer);
        float multiplier = multipliers.rho()[i];
        Verifier.Fault.unless(multiplier >= 0 && multiplier <= Float.MAX_VALUE,
                "A multiplier (" + multiplier + ") must be at least 0 and finite.");
        double weight = all * (multipliers.share() / shares);
        if (curve instanceof Curve.Capped) {
            addCapped(i, weight, Math.max(0, 1 - t), multiplier, lost);
        } else {
            addLifted(curve, i, weight, t, layer, lost);
        }
    }

    /// Covering: `slope x min(r, room)` for every site beside `(1 - slope) x room`, a mean of the two cuts there are.
    private void addCapped(int i, double weight, double room, double slope, double[] lost) throws Verifier.Fault {
        Verifier.Fault.unless(slope <= 1, "A slope (" + slope + ") of a covering problem must be at most 1.");
        addTotal(weight * (1 - slope) * room);
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            if (state.of(problem.siteAt(e)) == VerifierState.FREE) {
                addScore(problem.siteAt(e), weight * slope * Math.min(problem.ratioAt(e), room), lost);
            }
        }
    }

    private void addLifted(Curve curve, int i, double weight, double t, int layer, double[] lost) throws Verifier.Fault {
        Certificate.Multipliers multipliers = layers.get(layer);
        byte[] level = levels.get(layer);
        double rho = multipliers.rho()[i];
        int pick = level.length == 0 ? 0 : multipliers.pick()[i];
        double sigma = pick == 0 ? rho : multipliers.sigma()[i];
        Verifier.Fault.unless(pick >= 0 && sigma >= rho && sigma <= Float.MAX_VALUE, "A sigma (" + sigma + ") must be finite and at least its rho.");
        Neumaier chosen = new Neumaier();
        for (int e = problem.rowStart(i); pick > 0 && e < problem.rowStart(i + 1); e++) {
            if (isChosen(problem.siteAt(e), level, pick)) {
                chosen.add(problem.ratioAt(e));
            }
        }
        double tau = chosen.value();
        VerifierLift cut = new VerifierLift(curve, t, tau, rho, tau == 0 ? rho : sigma);
        addTotal(weight * cut.constant());
        absolute += weight * cut.size();
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            int j = problem.siteAt(e);
            if (state.of(j) == VerifierState.FREE) {
                double r = problem.ratioAt(e);
                addScore(j, weight * (tau > 0 && isChosen(j, level, pick) ? cut.ofChosen(r) : cut.ofOther(r)), lost);
                absolute += weight * cut.sizeAt(r);
            }
        }
    }

    private boolean isChosen(int j, byte[] level, int pick) {
        return level[j] >= pick && state.of(j) == VerifierState.FREE;
    }

    /// Level of every site, or none.
    private static byte[] levels(CaptureProblem problem, Certificate.Multipliers multipliers) throws Verifier.Fault {
        int[] chosen = multipliers.chosen();
        byte[] level = new byte[chosen.length == 0 ? 0 : problem.sites()];
        int marked = chosen.length == 0 ? 0 : problem.points();
        Verifier.Fault.unless(multipliers.sigma().length == marked && multipliers.pick().length == marked && multipliers.level().length == chosen.length,
                "Its sigmas are for another number of points or sites.");
        for (int k = 0; k < chosen.length; k++) {
            Verifier.Fault.unless(chosen[k] >= 0 && chosen[k] < problem.sites(), "It chooses a site there is not (" + chosen[k] + ").");
            level[chosen[k]] = multipliers.level()[k];
        }
        return level;
    }

    private void addScore(int j, double term, double[] lost) {
        double sum = score[j];
        double next = sum + term;
        lost[j] += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        score[j] = next;
        absolute += Math.abs(term);
    }

    private double none(int unit) {
        double cost = 0;
        for (int k = 0; k < theta.length; k++) {
            cost += theta[k] * state.noneUse(k, unit);
        }
        return cost;
    }

    private double best(int unit) {
        double best = -none(unit);
        for (int index = 0; index < state.size(unit); index++) {
            int j = state.member(unit, index);
            if (state.of(j) == VerifierState.OPEN) {
                return score[j]; // of a shifted site nothing but its use and its worth is in the score
            }
            best = state.of(j) == VerifierState.FREE ? Math.max(best, score[j]) : best;
        }
        return best;
    }

    /// Net capture no plan under the sites fixed now can pass. O(sites of the units touched since the last call).
    double bound() {
        for (; seen < state.touchedSize(); seen++) {
            int unit = state.touched(seen);
            double now = best(unit);
            total.add(-value[unit]);
            total.add(now);
            value[unit] = now;
        }
        return total.value() + slack();
    }

    /// What is given away to rounding.
    double slack() {
        return Verifier.SLACK * absolute;
    }
}

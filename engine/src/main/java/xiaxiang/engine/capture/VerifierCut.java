package xiaxiang.engine.capture;

/// The lifted cut of one set of multipliers, taken under the sites fixed when it is made, and its maximum under those fixed
/// later. See the package's comment for why it holds.
final class VerifierCut {
    private final CaptureProblem problem;
    private final VerifierState state;
    private final double[] theta;
    private final double[] score;
    private final double[] value;
    private final Neumaier total = new Neumaier();
    private double absolute;
    private int seen;

    VerifierCut(CaptureProblem problem, VerifierState state, Certificate.Multipliers multipliers) throws Verifier.Fault {
        this.problem = problem;
        this.state = state;
        this.theta = multipliers.theta();
        this.score = new double[problem.sites()];
        double[] lost = new double[score.length];
        Curve curve = Curve.of(problem.kernel());
        for (int i = 0; i < problem.points(); i++) {
            addPoint(curve, i, multipliers.rho()[i], lost);
        }
        for (int k = 0; k < theta.length; k++) {
            addTotal(theta[k] * (problem.limit(k) + 1e-9 * problem.limit(k)));
        }
        for (int j = 0; j < score.length; j++) {
            score[j] += lost[j];
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

    private void addTotal(double term) {
        total.add(term);
        absolute += Math.abs(term);
    }

    private void addPoint(Curve curve, int i, float multiplier, double[] lost) throws Verifier.Fault {
        Verifier.Fault.unless(multiplier >= 0 && multiplier <= Float.MAX_VALUE,
                "A multiplier (" + multiplier + ") must be at least 0 and finite.");
        Neumaier open = new Neumaier();
        boolean free = false;
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            byte fixed = state.of(problem.siteAt(e));
            free |= fixed == VerifierState.FREE;
            if (fixed == VerifierState.OPEN) {
                open.add(problem.ratioAt(e));
            }
        }
        double weight = problem.weight(i);
        addTotal(weight * curve.between(problem.stays(i), open.value()));
        if (free && weight > 0) {
            double t = problem.stays(i) + open.value();
            if (curve instanceof Curve.Capped) {
                addCapped(i, weight, Math.max(0, 1 - t), multiplier, lost);
            } else {
                addLifted(curve, i, t, multiplier, lost);
            }
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

    private void addLifted(Curve curve, int i, double t, double rho, double[] lost) {
        double weight = problem.weight(i);
        double steep = rho == 0 ? 0 : curve.steepness(t + rho);
        double atRho = rho == 0 ? 0 : curve.between(t, rho);
        boolean empty = !(rho > 0 && steep < Double.POSITIVE_INFINITY);
        double constant = empty ? 0 : Math.max(0, atRho - steep * rho);
        addTotal(weight * constant);
        absolute += weight * atRho;
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            int j = problem.siteAt(e);
            if (state.of(j) != VerifierState.FREE) {
                continue;
            }
            double r = problem.ratioAt(e);
            if (!empty && r <= rho) {
                addScore(j, weight * steep * r, lost);
            } else {
                double alone = curve.between(t, r);
                addScore(j, weight * (alone - constant), lost);
                absolute += 2 * weight * alone;
            }
        }
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
                return score[j]; // of a shifted site nothing but its use is in the score
            }
            best = state.of(j) == VerifierState.FREE ? Math.max(best, score[j]) : best;
        }
        return best;
    }

    /// Gross capture no plan under the sites fixed now can pass. O(sites of the units touched since the last call).
    double bound() {
        for (; seen < state.touchedSize(); seen++) {
            int unit = state.touched(seen);
            double now = best(unit);
            total.add(-value[unit]);
            total.add(now);
            value[unit] = now;
        }
        return total.value() + Verifier.SLACK * absolute;
    }
}

package xiaxiang.engine.capture;

import java.util.List;
import java.util.stream.Stream;

/// What a plan captures in each scenario, as the verifier counts it; made for today's plan, of which others are valued net.
final class VerifierToday {
    private final CaptureProblem problem;
    private final Captures today;

    /// Captures of one plan: a compensated sum and its absolute terms for each scenario.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Captures(List<Neumaier> sum, double[] size) {}

    VerifierToday(CaptureProblem problem) {
        this.problem = problem;
        this.today = captures(problem.openToday());
    }

    /// What a plan captures net in its worst scenario, rounded down by `slack` of the absolute terms; `scale` receives their largest sum.
    double least(boolean[] open, double[] scale) {
        Captures plan = captures(open);
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < plan.size().length; k++) {
            Neumaier net = plan.sum().get(k);
            net.add(-today.sum().get(k).value());
            double size = plan.size()[k] + today.size()[k];
            scale[0] = Math.max(scale[0], size);
            least = Math.min(least, net.value() - Verifier.SLACK * size);
        }
        return least;
    }

    /// Adds a plan's gross capture to a sum; gives its absolute terms. Of a problem of one scenario.
    double addCapture(boolean[] open, Neumaier sum) {
        Captures plan = captures(open);
        sum.add(plan.sum().getFirst().value());
        return plan.size()[0];
    }

    /// Weights of the scenarios that add up to 1, from any of which one is positive.
    double[] shares(double[] lambda) throws Verifier.Fault {
        boolean several = problem.extras().hasBlocks();
        Verifier.Fault.unless(lambda.length == (several ? today.size().length : 0), "Its weights are for another number of scenarios.");
        double sum = 0;
        for (double weight : lambda) {
            Verifier.Fault.unless(weight >= 0 && weight <= 1, "A weight (" + weight + ") of a scenario must be in [0, 1].");
            sum += weight;
        }
        Verifier.Fault.unless(!several || sum >= 1e-3, "The weights of its scenarios are too small to be any.");
        double[] shares = lambda.clone();
        for (int k = 0; k < shares.length; k++) {
            shares[k] /= sum;
        }
        return shares;
    }

    double share(double[] shares, int point) {
        return shares.length == 0 ? 1 : shares[problem.extras().scenario(point)];
    }

    /// Takes today's mean capture off a total; gives its absolute terms.
    double addMean(double[] shares, Neumaier total) {
        double size = 0;
        for (int k = 0; k < today.size().length; k++) {
            double share = shares.length == 0 ? 1 : shares[k];
            total.add(-share * today.sum().get(k).value());
            size += share * today.size()[k];
        }
        return size;
    }

    private Captures captures(boolean[] open) {
        Extras extras = problem.extras();
        Curve curve = Curve.of(problem.kernel());
        Captures captures = new Captures(Stream.generate(Neumaier::new).limit(extras.scenarios()).toList(), new double[extras.scenarios()]);
        for (int k = 0; k < captures.size().length; k++) {
            for (int j = 0; j < open.length; j++) {
                if (open[j]) {
                    captures.sum().get(k).add(extras.worth(j));
                    captures.size()[k] += Math.abs(extras.worth(j));
                }
            }
        }
        for (int i = 0; i < problem.points(); i++) {
            add(i, open, curve, captures);
        }
        return captures;
    }

    private void add(int i, boolean[] open, Curve curve, Captures captures) {
        Extras extras = problem.extras();
        Neumaier ratios = new Neumaier();
        for (int e = problem.rowStart(i); e < problem.rowStart(i + 1); e++) {
            if (open[problem.siteAt(e)]) {
                ratios.add(problem.ratioAt(e));
            }
        }
        double stays = problem.stays(i);
        double beside = extras.hasOutsiders() ? extras.beside()[i] : 0;
        for (int e = extras.hasOutsiders() ? extras.start()[i] : 0; extras.hasOutsiders() && e < extras.start()[i + 1]; e++) {
            beside += open[extras.site()[e]] ? extras.ratio()[e] : 0;
        }
        Curve part = curve.part(beside);
        double gained = problem.weight(i) * part.between(stays, ratios.value());
        double before = extras.hasOutsiders() ? problem.weight(i) * curve.part(extras.beside()[i]).between(0, stays) : 0;
        double after = extras.hasOutsiders() ? problem.weight(i) * part.between(0, stays) : 0;
        int k = extras.scenario(i);
        captures.sum().get(k).add(gained);
        captures.sum().get(k).add(after);
        captures.sum().get(k).add(-before);
        captures.size()[k] += gained + before + after;
    }
}

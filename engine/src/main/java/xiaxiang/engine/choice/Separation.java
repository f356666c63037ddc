package xiaxiang.engine.choice;

import java.util.List;
import java.util.stream.IntStream;

/// Looks for a direction of the coefficients that never makes a chosen alternative less attractive relative to another available one: along it the likelihood
/// rises for ever. Tried are each parameter alone, and the directions given. Cost: one pass over the rows. Source: Albert and Anderson (1984).
final class Separation {
    private static final double TOLERANCE = 1e-5;

    private final ChoiceModel model;
    private final Slots slots;
    private final Terms terms;
    private final double[] beta;

    Separation(ChoiceModel model, Slots slots, double[] theta) {
        this.model = model;
        this.slots = slots;
        terms = new Terms(model, slots.slot, slots.moving);
        beta = slots.coefficients(theta);
        List<RandomCoefficient> random = model.mixture().coefficients();
        for (int q = 0; q < random.size(); q++) beta[model.parameters().size() + q] = beta[random.get(q).mean()];
    }

    /// The free places that run off, empty if none is found. `directions` are in free places.
    List<Integer> find(List<double[]> directions) {
        int k = slots.free.length;
        double[] low = new double[slots.moving];
        double[] high = new double[slots.moving];
        double[][] along = directions.stream().map(this::withRandom).toArray(double[][]::new);
        double[] least = new double[along.length];
        double[] most = new double[along.length];
        spans(along, low, high, least, most);
        boolean[] found = new boolean[k];
        for (int i = 0; i < k; i++) {
            int m = moves(i);
            boolean up = low[m] >= 0 && high[m] > 0 && open(i, 1);
            boolean down = high[m] <= 0 && low[m] < 0 && open(i, -1);
            found[i] = up || down;
        }
        for (int d = 0; d < along.length; d++) {
            if (least[d] >= -TOLERANCE * most[d] && most[d] > 0) mark(along[d], 1, low, high, found);
            if (most[d] <= -TOLERANCE * least[d] && least[d] < 0) mark(along[d], -1, low, high, found);
        }
        return IntStream.range(0, k).filter(i -> found[i]).boxed().toList();
    }

    /// The smallest and the largest lead of a chosen row over another, for each moving coefficient and each direction.
    private void spans(double[][] along, double[] low, double[] high, double[] least, double[] most) {
        Choices choices = model.choices();
        double[] lead = new double[slots.moving];
        for (int n = 0; n < choices.cases(); n++) {
            if (choices.weight[n] == 0) continue;
            int base = choices.first[n];
            int rows = choices.first[n + 1] - base;
            int pick = choices.chosen[n] - base;
            terms.read(base, rows, beta, false);
            for (int r = 0; r < rows; r++) {
                if (r == pick) continue;
                terms.addTo(lead, pick, 1);
                terms.addTo(lead, r, -1);
                for (int d = 0; d < along.length; d++) {
                    double x = terms.along(along[d], pick) - terms.along(along[d], r);
                    least[d] = Math.min(least[d], x);
                    most[d] = Math.max(most[d], x);
                }
                terms.span(pick, lead, low, high);
                terms.span(r, lead, low, high);
            }
        }
    }

    /// The moving coefficient a free place stands for: the random one where it is its mean.
    private int moves(int i) {
        List<RandomCoefficient> random = model.mixture().coefficients();
        for (int q = 0; q < random.size(); q++) if (random.get(q).mean() == slots.free[i] && random.get(q).distribution() != RandomCoefficient.Distribution.LOG_NORMAL) return slots.free.length + q;
        return i;
    }

    private double[] withRandom(double[] direction) {
        double[] all = new double[slots.moving];
        for (int i = 0; i < direction.length; i++) all[moves(i)] = direction[i];
        return all;
    }

    /// Whether no bound ends the way of a free place in the direction of the sign.
    private boolean open(int i, double sign) {
        Parameter p = model.parameters().get(slots.free[i]);
        return sign > 0 ? p.upper() == Double.POSITIVE_INFINITY : p.lower() == Double.NEGATIVE_INFINITY;
    }

    private void mark(double[] along, int sign, double[] low, double[] high, boolean[] found) {
        double largest = 0;
        for (int m = 0; m < along.length; m++) largest = Math.max(largest, Math.abs(along[m]) * (high[m] - low[m]));
        for (int i = 0; i < found.length; i++) {
            int m = moves(i);
            boolean part = Math.abs(along[m]) * (high[m] - low[m]) > 1e-3 * largest;
            if (part && !open(i, sign * along[m])) return;
        }
        for (int i = 0; i < found.length; i++) found[i] |= Math.abs(along[moves(i)]) * (high[moves(i)] - low[moves(i)]) > 1e-3 * largest;
    }
}

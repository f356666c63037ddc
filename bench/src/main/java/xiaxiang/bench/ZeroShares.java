package xiaxiang.bench;

import java.util.List;
import java.util.function.LongFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.apache.commons.statistics.distribution.TDistribution;
import xiaxiang.bench.GateRow.Replication;
import xiaxiang.engine.choice.Catchments;
import xiaxiang.engine.choice.Mci;
import xiaxiang.engine.choice.ShareTotals;
import xiaxiang.engine.choice.TotalsFit;
import xiaxiang.engine.choice.Utility;

/// A world where many shops sell nothing to many places: 20 places x 24 shops, sales in batches of three, half of all totals zero. The truth: log size 1,
/// distance -.5 a km, and a dummy without effect.
final class ZeroShares {
    private static final int PLACES = 20;
    private static final int SHOPS = 24;
    private static final double DISTANCE = -.5;
    private static final int WORLDS = 8_000;

    private final UniformRandomProvider random;
    private final double[] logSize = new double[PLACES * SHOPS];
    private final double[] distance = new double[PLACES * SHOPS];
    private final double[] dummy = new double[PLACES * SHOPS];
    private final int[] place = new int[PLACES * SHOPS];
    private final double[] power = new double[PLACES];

    private ZeroShares(long seed) {
        random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        double[] size = random.doubles(SHOPS, 0, 2).toArray();
        double[] x = random.doubles(SHOPS + PLACES, 0, 8).toArray();
        double[] y = random.doubles(SHOPS + PLACES, 0, 8).toArray();
        for (int p = 0; p < logSize.length; p++) {
            place[p] = p / SHOPS;
            int j = p % SHOPS;
            logSize[p] = size[j];
            distance[p] = .2 + Math.hypot(x[j] - x[SHOPS + place[p]], y[j] - y[SHOPS + place[p]]);
            dummy[p] = j % 2;
            power[place[p]] = 40 + 4.0 * place[p];
        }
    }

    static List<GateRow> rows() {
        return List.of(row("likelihood of totals, errors by dispersion", true, seed -> new ZeroShares(seed).totals(3, 0, TotalsFit.Errors.DISPERSION)),
                row("likelihood of totals, sandwich", true, seed -> new ZeroShares(seed).totals(3, 0, TotalsFit.Errors.SANDWICH)),
                new GateRow("zeros", "the same, and each shop has an appeal of its own (sd .3)", "likelihood of totals, sandwich", WORLDS, true,
                        seed -> new ZeroShares(seed).totals(3, .3, TotalsFit.Errors.SANDWICH)),
                row("MCI, zeros raised by .001", false, seed -> new ZeroShares(seed).mci(new Mci.Zeros.Add(.001))), row("MCI, zeros left out", false,
                        seed -> new ZeroShares(seed).mci(new Mci.Zeros.Drop())));
    }

    private static GateRow row(String method, boolean mustPass, LongFunction<Replication> simulation) {
        return new GateRow("zeros", "20 places x 24 shops, sold in threes", method, WORLDS, mustPass, simulation);
    }

    /// Totals drawn in batches, from utilities with an appeal of each shop.
    private double[] draw(double batch, double appeal) {
        double[] own = new double[SHOPS];
        for (int j = 0; j < SHOPS; j++) own[j] = appeal * (random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5) * 2;
        double[] out = new double[logSize.length];
        for (int i = 0; i < PLACES; i++) {
            double sum = 0;
            for (int p = i * SHOPS; p < (i + 1) * SHOPS; p++) {
                out[p] = Math.exp(logSize[p] + DISTANCE * distance[p] + own[p % SHOPS]);
                sum += out[p];
            }
            for (int p = i * SHOPS; p < (i + 1) * SHOPS; p++) out[p] = batch * PoissonSampler.of(random, power[i] * out[p] / sum / batch).sample();
        }
        return out;
    }

    private Replication totals(double batch, double appeal, TotalsFit.Errors errors) {
        int[] group = new int[PLACES];
        for (int i = 0; i < PLACES; i++) group[i] = i;
        var utility = new Utility.Linear(new double[logSize.length], new int[] {0, 1, 2}, new double[][] {logSize, distance, dummy});
        var model = new ShareTotals(Catchments.full(power, SHOPS).grouped(group), utility, draw(batch, appeal), ShareTotals.Likelihood.MULTINOMIAL, 3);
        return switch (model.fit(new double[3])) {
            case ShareTotals.Outcome.Fitted(TotalsFit fit) -> judged(fit.coefficients(), fit.standardErrors(errors), fit.reach(errors, 1, .95), fit.reach(errors, 2, .95), fit.warnings());
            case ShareTotals.Outcome.Refused(String why) -> Replication.refused(why);
        };
    }

    private Replication mci(Mci.Zeros zeros) {
        double[][] factors = {logSize, distance, dummy};
        return switch (Mci.fit(place, draw(3, 0), factors, new boolean[] {true, true, true}, zeros)) {
            case Mci.Outcome.Fitted(Mci fit) -> judged(fit.coefficients(), fit.standardErrors(), reach(fit), reach(fit), fit.warnings());
            case Mci.Outcome.Refused(String why) -> Replication.refused(why);
        };
    }

    private static Replication judged(double[] b, double[] error, double reachOfDistance, double reachOfDummy, List<String> warnings) {
        return new Replication(Math.abs(b[1] - DISTANCE) <= reachOfDistance * error[1], Math.abs(b[2]) > reachOfDummy * error[2], false, String.join(" ", warnings));
    }

    private static double reach(Mci fit) {
        return TDistribution.of(fit.rows() - 3).inverseSurvivalProbability(.025);
    }
}

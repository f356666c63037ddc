package xiaxiang.core.share;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import xiaxiang.engine.effect.WaveContrast;
import xiaxiang.engine.geo.Distance;

/// Invents outcomes of townships from a seed, with an effect of known size, so that design and verdict can be tried before anything is launched.
///
/// Units grow by a common trend with common shocks; each township has its own trend and noise that lasts (autocorrelation .6). Before launch a fifth is `own_shop`
/// and the rest `online`; a launched township gains `sell_out` and loses a part of it from both. All rows are to be marked synthetic.
public final class OutcomeSynthesis {
    private static final double UNITS_PERSON_YEAR = .08;
    private static final double OWN_SHOP = .2;
    private static final double GROWTH = .01;
    private static final double SHOCK = .02;
    private static final double NOISE = .02;
    private static final double LASTS = .6;
    private static final double TREND = .002;

    private OutcomeSynthesis() {}

    /// The hidden truth: net units that a launch brings a township each period, the part of what it sells that is taken from our other channels, in [0, 1), and net units
    /// that an untreated township within the first ring loses.
    public record Truth(double effect, double cannibalised, double spill) {
        public Truth {
            if (!(cannibalised >= 0 && cannibalised < 1)) throw new IllegalArgumentException("The part cannibalised (" + cannibalised + ") must be in [0, 1).");
        }
    }

    /// A township and its people.
    public record Township(String code, long persons) {}

    /// A row of outcomes.csv.
    public record Row(String division, Period period, String measure, long units) {}

    /// Rows for `periods` periods from `first`, without any launch.
    public static List<Row> before(List<Township> townships, Period first, int periods, long seed) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < townships.size(); i++) rows(rows, townships.get(i), series(townships, i, first, periods, seed), first, new double[periods], new double[periods], 0);
        return rows;
    }

    /// Rows up to the last period the design measures, launched as the design says. The same seed invents the same untreated units as [#before].
    public static List<Row> launched(List<Township> townships, Period first, SealedDesign design, Truth truth, long seed) {
        int periods = design.terms().launch().index() + design.terms().measured() - first.index();
        List<Row> rows = new ArrayList<>();
        int[] start = design.terms().starts(first);
        for (int i = 0; i < townships.size(); i++) {
            int from = treated(design, townships.get(i).code(), start);
            int near = from < periods ? periods : exposed(design, townships.get(i).code(), start, periods);
            double[] gain = IntStream.range(0, periods).mapToDouble(t -> t >= from ? truth.effect() : 0).toArray();
            double[] loss = IntStream.range(0, periods).mapToDouble(t -> t >= near ? truth.spill() : 0).toArray();
            rows(rows, townships.get(i), series(townships, i, first, periods, seed), first, gain, loss, truth.cannibalised());
        }
        return rows;
    }

    private static int treated(SealedDesign design, String code, int[] start) {
        for (int i = 0; i < design.units().size(); i++)
            if (design.units().get(i).code().equals(code)) return design.drawn().label(i) >= 0 ? start[design.drawn().label(i)] : Integer.MAX_VALUE;
        return Integer.MAX_VALUE;
    }

    /// Since when a treated township lies within the first ring.
    private static int exposed(SealedDesign design, String code, int[] start, int never) {
        double[] at = design.units().stream().filter(u -> u.code().equals(code)).map(u -> new double[] {u.lon(), u.lat()}).findFirst()
                .orElseGet(() -> design.others().stream().filter(p -> p.code().equals(code)).map(p -> new double[] {p.lon(), p.lat()}).findFirst().orElse(new double[0]));
        int since = never;
        for (int i = 0; at.length > 0 && i < design.units().size(); i++) {
            int label = design.drawn().label(i);
            if (label == WaveContrast.CONTROL || label == WaveContrast.BUFFER) continue;
            double meters = Distance.meters(at[0], at[1], design.units().get(i).lon(), design.units().get(i).lat());
            if (meters <= design.terms().rings().getFirst()) since = Math.min(since, start[label]);
        }
        return since;
    }

    /// Untreated units by period. Townships draw from streams of their own, so that one more changes nothing of the others.
    private static double[] series(List<Township> townships, int i, Period first, int periods, long seed) {
        SplittableRandom common = new SplittableRandom(seed);
        SplittableRandom own = new SplittableRandom(seed ^ townships.get(i).code().hashCode() * 0x9E3779B97F4A7C15L);
        double trend = GROWTH + TREND * own.nextGaussian();
        double noise = NOISE * own.nextGaussian();
        double[] units = new double[periods];
        for (int t = 0; t < periods; t++) {
            units[t] = townships.get(i).persons() * UNITS_PERSON_YEAR / first.perYear() * Math.exp(trend * t + SHOCK * common.nextGaussian() + noise);
            noise = LASTS * noise + NOISE * Math.sqrt(1 - LASTS * LASTS) * own.nextGaussian();
        }
        return units;
    }

    private static void rows(List<Row> rows, Township township, double[] units, Period first, double[] gain, double[] loss, double cannibalised) {
        for (int t = 0; t < units.length; t++) {
            double sold = gain[t] / (1 - cannibalised);
            double taken = sold * cannibalised;
            double ownShop = OWN_SHOP * (units[t] - taken);
            double online = (1 - OWN_SHOP) * (units[t] - taken) - loss[t];
            rows.add(new Row(township.code(), first.plus(t), "sell_out", Math.round(sold)));
            rows.add(new Row(township.code(), first.plus(t), "own_shop", Math.round(Math.max(0, ownShop))));
            rows.add(new Row(township.code(), first.plus(t), "online", Math.round(Math.max(0, online))));
        }
    }
}

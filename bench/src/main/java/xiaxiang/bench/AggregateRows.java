package xiaxiang.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import xiaxiang.engine.choice.BerryInversion;
import xiaxiang.engine.choice.Huff;
import xiaxiang.engine.choice.Mci;
import xiaxiang.engine.choice.ShareScore;

/// Published numbers of choice from totals and shares.
final class AggregateRows {
    private AggregateRows() {}

    static List<ScienceRow> all() {
        return List.of(ScienceRow.untimed("A6", "R MCI, grocery2: log-centred least squares", List.of("MCI_grocery2.csv"), t -> grocery(t.getFirst())),
                ScienceRow.untimed("A7", "R MCI, Freiburg: Huff(1, -2)", List.of("MCI_Freiburg1.csv", "MCI_Freiburg2.csv", "MCI_Freiburg3.csv"), AggregateRows::freiburg),
                ScienceRow.untimed("A8", "pyblp, Nevo's cereal: logit, brand effects, two-step GMM", List.of("pyblp_nevo_products.csv"), t -> nevo(t.getFirst())));
    }

    private static Supplier<List<Figure>> grocery(ScienceTable t) {
        int[] market = t.codes("plz_submarket");
        double[] share = t.numbers("p_ij_obs");
        double[][] factors = {t.numbers("dist_km"), t.numbers("salesarea_qm")};
        return () -> switch (Mci.fit(market, share, factors, new boolean[2], new Mci.Zeros.Refuse())) {
            case Mci.Outcome.Fitted(Mci fit) -> List.of(Figure.absolute("distance", fit.coefficients()[0], -.419009862734, 1e-10), Figure.absolute("its error",
                    fit.standardErrors()[0], .0458297376, 1e-10),
                    Figure.absolute("area", fit.coefficients()[1], .209845453878, 1e-10), Figure.absolute("its error", fit.standardErrors()[1], .0345561797, 1e-10));
            case Mci.Outcome.Refused(String why) -> throw new IllegalStateException(why);
        };
    }

    private static Supplier<List<Figure>> freiburg(List<ScienceTable> t) {
        double[] truth = t.get(2).numbers("annualsales");
        double[] power = t.get(1).numbers("ppower");
        double[] distance = t.get(0).numbers("distance");
        double[] area = Arrays.copyOf(t.get(0).numbers("salesarea"), truth.length);
        return () -> {
            double[] sales = Huff.sales(power, new Huff(1, -2).shares(area, distance));
            return List.of(Figure.relative("sum of sales", Arrays.stream(sales).sum(), 377_105_880, 1e-7), Figure.relative("MAPE, %", 100 * ShareScore.of(sales, truth,
                    new int[truth.length], 1).mape(), 63.8376614, 1e-7));
        };
    }

    private static Supplier<List<Figure>> nevo(ScienceTable t) {
        double[][] instruments = IntStream.range(0, 20).mapToObj(i -> t.numbers("demand_instruments" + i)).toArray(double[][]::new);
        var products = new BerryInversion.Products(t.codes("market_ids"), t.numbers("shares"), new double[0][], new double[][] {t.numbers("prices")}, instruments,
                t.codes("product_ids"), new int[0]);
        return () -> switch (BerryInversion.fit(products)) {
            case BerryInversion.Outcome.Fitted(BerryInversion fit) -> List.of(Figure.absolute("price", fit.coefficients()[0], -30.0509888, 1e-7),
                    Figure.absolute("its error", fit.standardErrors()[0], 1.00859369, 1e-7));
            case BerryInversion.Outcome.Refused(String why) -> throw new IllegalStateException(why);
        };
    }
}

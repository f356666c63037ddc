package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.SharedTable;
import xiaxiang.engine.choice.BerryInversion.Outcome;
import xiaxiang.engine.choice.BerryInversion.Products;

class BerryInversionTest {
    private static final double[][] NONE = new double[0][];

    private static BerryInversion fitted(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Fitted(BerryInversion fit) -> fit;
            case Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    /// Published: pyblp on Nevo's cereal, logit, two steps, brand effects, moments not centred.
    @Test
    void nevo() {
        SharedTable t = SharedTable.read("pyblp_nevo_products.csv");
        double[][] z = IntStream.range(0, 20).mapToObj(i -> t.numbers("demand_instruments" + i)).toArray(double[][]::new);
        BerryInversion fit = fitted(BerryInversion.fit(new Products(t.codes("market_ids"), t.numbers("shares"), NONE, new double[][] {t.numbers("prices")}, z, t.codes("product_ids"), new int[0])));
        assertThat(fit.coefficients()[0]).isCloseTo(-30.0509888, within(1e-7));
        assertThat(fit.standardErrors()[0]).isCloseTo(1.00859369, within(1e-7));
        assertThat(fit.overidentification()).isEqualTo(19);
        assertThat(fit.firstStage()[0]).isGreaterThan(10);
    }

    /// Markets whose price answers to the unseen appeal, and to a cost; two nests with sigma .5, or none with 0.
    private static Products world(long seed, int markets, double sigma, double strength) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
        ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
        int products = 6;
        int n = markets * products;
        int[] market = new int[n];
        int[] nest = new int[n];
        double[][] c = new double[5][n];
        double[] share = new double[n];
        for (int m = 0; m < markets; m++) {
            double[] inside = new double[2];
            int from = m * products;
            double[] sizes = {random.nextDouble(), random.nextDouble()};
            for (int i = from; i < from + products; i++) {
                market[i] = m;
                // The nests' sizes vary between markets, which tells sigma.
                nest[i] = i == from ? 0 : i == from + 1 ? 1 : random.nextDouble() < sizes[0] / (sizes[0] + sizes[1]) ? 0 : 1;
                double appeal = .5 * normal.sample();
                c[0][i] = 1;
                c[1][i] = normal.sample();
                c[2][i] = random.nextDouble();
                c[3][i] = 1 + strength * c[2][i] + .5 * appeal + .2 * normal.sample();
                share[i] = Math.exp((1 + .8 * c[1][i] - 2 * c[3][i] + appeal) / (1 - sigma));
                inside[nest[i]] += share[i];
            }
            double all = 1 + Math.pow(inside[0], 1 - sigma) + Math.pow(inside[1], 1 - sigma);
            for (int i = from; i < from + products; i++) {
                share[i] = share[i] / inside[nest[i]] * Math.pow(inside[nest[i]], 1 - sigma) / all;
                for (int k = from; k < from + products; k++) c[4][i] += nest[k] == nest[i] ? 1 : 0;
            }
        }
        double[][] instruments = sigma > 0 ? new double[][] {c[2], c[4]} : new double[][] {c[2]};
        return new Products(market, share, new double[][] {c[0], c[1]}, new double[][] {c[3]}, instruments, new int[0], sigma > 0 ? nest : new int[0]);
    }

    @Test
    void findsTheHiddenPriceWhereLeastSquaresDoesNot() {
        BerryInversion fit = fitted(BerryInversion.fit(world(1, 2000, 0, 1)));
        double[] truth = {-2, 1, .8};
        for (int a = 0; a < 3; a++) assertThat(fit.coefficients()[a]).isCloseTo(truth[a], within(4 * fit.standardErrors()[a]));
        assertThat(fit.warnings()).isEmpty();
        assertThat(fit.hansenP()).isNaN();
        Products p = world(1, 2000, 0, 1);
        BerryInversion naive = fitted(BerryInversion.fit(new Products(p.market(), p.share(), new double[][] {p.exogenous()[0], p.exogenous()[1], p.endogenous()[0]}, NONE, NONE, new int[0], new int[0])));
        assertThat(naive.coefficients()[2]).isGreaterThan(-1.5);
    }

    @Test
    void findsTheHiddenNests() {
        BerryInversion fit = fitted(BerryInversion.fit(world(2, 3000, .5, 1)));
        double[] truth = {-2, .5, 1, .8};
        for (int a = 0; a < 4; a++) assertThat(fit.coefficients()[a]).as("coefficient " + a).isCloseTo(truth[a], within(4 * fit.standardErrors()[a]));
        assertThat(fit.standardErrors()[1]).isLessThan(.1);
    }

    @Test
    void effectsAreDummies() {
        Products p = world(3, 60, 0, 1);
        int[] brand = IntStream.range(0, p.share().length).map(i -> i % 6).toArray();
        double[][] dummies = new double[7][p.share().length];
        for (int i = 0; i < brand.length; i++) {
            dummies[brand[i]][i] = 1;
            dummies[6][i] = p.exogenous()[1][i];
        }
        BerryInversion absorbed = fitted(BerryInversion.fit(new Products(p.market(), p.share(), new double[][] {p.exogenous()[1]}, p.endogenous(), p.instruments(), brand, new int[0])));
        BerryInversion written = fitted(BerryInversion.fit(new Products(p.market(), p.share(), dummies, p.endogenous(), p.instruments(), new int[0], new int[0])));
        assertThat(absorbed.coefficients()[0]).isCloseTo(written.coefficients()[0], within(1e-9));
        assertThat(absorbed.coefficients()[1]).isCloseTo(written.coefficients()[7], within(1e-9));
        assertThat(absorbed.firstStage()[0]).isCloseTo(written.firstStage()[0], within(1e-7 * written.firstStage()[0]));
    }

    @Test
    void weakInstrumentsAreSaid() {
        assertThat(fitted(BerryInversion.fit(world(4, 100, 0, .001))).warnings()).anyMatch(w -> w.contains("hardly move"));
    }

    @Test
    void zeroSharesAndFullMarketsAreRefusedWithANextStep() {
        Products p = world(5, 10, 0, 1);
        double[] zero = p.share().clone();
        zero[3] = 0;
        assertThat(BerryInversion.fit(new Products(p.market(), zero, p.exogenous(), p.endogenous(), p.instruments(), new int[0], new int[0])))
                .isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("1 of 60 shares are zero", "ShareTotals"));
        double[] full = Arrays.stream(p.share()).map(s -> .2).toArray();
        assertThat(BerryInversion.fit(new Products(p.market(), full, p.exogenous(), p.endogenous(), p.instruments(), new int[0], new int[0])))
                .isInstanceOfSatisfying(Outcome.Refused.class, r -> assertThat(r.why()).contains("buys nothing"));
        assertThat(BerryInversion.fit(new Products(p.market(), p.share(), p.exogenous(), p.endogenous(), NONE, new int[0], new int[0]))).isInstanceOf(Outcome.Refused.class);
        assertThat(BerryInversion.fit(new Products(p.market(), p.share(), p.exogenous(), p.endogenous(), new double[][] {p.exogenous()[1]}, new int[0], new int[0]))).isInstanceOf(Outcome.Refused.class);
    }
}

package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.SharedTable;

class MciTest {
    private static final boolean[] NONE = new boolean[2];

    private static Mci fitted(Mci.Outcome outcome) {
        return switch (outcome) {
            case Mci.Outcome.Fitted(Mci fit) -> fit;
            case Mci.Outcome.Refused(String why) -> throw new AssertionError(why);
        };
    }

    /// Published: MCI 1.3.3, grocery2.
    @Test
    void grocery() {
        SharedTable t = SharedTable.read("MCI_grocery2.csv");
        Mci fit = fitted(Mci.fit(t.codes("plz_submarket"), t.numbers("p_ij_obs"), new double[][] {t.numbers("dist_km"), t.numbers("salesarea_qm")}, NONE, new Mci.Zeros.Refuse()));
        assertThat(fit.coefficients()).containsExactly(new double[] {-.419009862734, .209845453878}, within(1e-12));
        assertThat(fit.standardErrors()).containsExactly(new double[] {.0458297376, .0345561797}, within(1e-10));
        assertThat(fit.warnings()).isEmpty();
    }

    private static final int MARKETS = 40;
    private static final int SHOPS = 9;

    /// Shares that follow the model exactly, with exponents -1.5 and .8 and a dummy of .4.
    private static Mci.Outcome exact(double scale, Mci.Zeros zeros, int zeroRows) {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
        int n = MARKETS * SHOPS;
        double[] distance = new double[n];
        double[] area = new double[n];
        double[] owned = new double[n];
        double[] share = new double[n];
        int[] market = new int[n];
        for (int r = 0; r < n; r++) {
            market[r] = r / SHOPS;
            distance[r] = scale * (1 + 9 * random.nextDouble());
            area[r] = 50 + 500 * random.nextDouble();
            owned[r] = random.nextInt(2);
            share[r] = r < zeroRows * SHOPS && r % SHOPS == 0 ? 0 : Math.pow(distance[r], -1.5) * Math.pow(area[r], .8) * Math.exp(.4 * owned[r]);
        }
        return Mci.fit(market, share, new double[][] {distance, area, owned}, new boolean[] {false, false, true}, zeros);
    }

    @Test
    void findsAHiddenTruthWhateverTheUnits() {
        for (double scale : new double[] {1, 1000}) assertThat(fitted(exact(scale, new Mci.Zeros.Refuse(), 0)).coefficients()).containsExactly(new double[] {-1.5, .8, .4}, within(1e-11));
    }

    @Test
    void zerosAreRefusedOrTreatedWithAWarning() {
        assertThat(exact(1, new Mci.Zeros.Refuse(), 5)).isInstanceOfSatisfying(Mci.Outcome.Refused.class, r -> assertThat(r.why()).contains("5 of 360 shares are zero", "likelihood"));
        Mci dropped = fitted(exact(1, new Mci.Zeros.Drop(), 5));
        assertThat(dropped.rows()).isEqualTo(355);
        assertThat(dropped.coefficients()).containsExactly(new double[] {-1.5, .8, .4}, within(1e-11));
        assertThat(dropped.warnings()).singleElement().asString().contains("left out");
        assertThat(fitted(exact(1, new Mci.Zeros.Add(.01), 5)).warnings()).singleElement().asString().contains("raised by 0.01");
    }

    @Test
    void whatDoesNotVaryWithinAMarketIsRefused() {
        int[] market = {0, 0, 0, 1, 1, 1};
        double[] share = {.2, .3, .5, .1, .4, .5};
        double[] same = {2, 2, 2, 5, 5, 5};
        assertThat(Mci.fit(market, share, new double[][] {share, same}, NONE, new Mci.Zeros.Refuse())).isInstanceOfSatisfying(Mci.Outcome.Refused.class, r -> assertThat(r.why()).contains("[1]"));
        assertThat(Mci.fit(market, share, new double[][] {share, Arrays.stream(same).map(x -> -x).toArray()}, NONE, new Mci.Zeros.Refuse())).isInstanceOf(Mci.Outcome.Refused.class);
        assertThat(Mci.fit(market, new double[] {.2, Double.NaN, .5, .1, .4, .5}, new double[][] {share, same}, NONE, new Mci.Zeros.Refuse())).isInstanceOf(Mci.Outcome.Refused.class);
    }
}

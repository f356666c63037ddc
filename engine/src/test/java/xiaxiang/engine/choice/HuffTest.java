package xiaxiang.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import xiaxiang.engine.SharedTable;

class HuffTest {
    @Test
    void twoShopsByHand() {
        // 100 m2 at 1 km against 400 m2 at 2 km: even. At 1 and 1 km: one to four.
        double[] shares = new Huff(1, -2).shares(new double[] {100, 400}, new double[] {1, 2, 1, 1});
        assertThat(shares).containsExactly(new double[] {.5, .5, .2, .8}, within(1e-15));
        assertThat(Huff.sales(new double[] {10, 100}, shares)).containsExactly(new double[] {25, 85}, within(1e-12));
    }

    @Test
    void theUnitOfDistanceDoesNotMatterNorDoHugeExponents() {
        double[] attraction = {3, 1, 2};
        double[] km = {1, 2, 3, 4, 1, 9};
        double[] m = Arrays.stream(km).map(x -> 1000 * x).toArray();
        assertThat(new Huff(1, -2).shares(attraction, m)).containsExactly(new Huff(1, -2).shares(attraction, km), within(1e-15));
        assertThat(new Huff(1, -500).shares(attraction, m)).containsExactly(new double[] {1, 0, 0, 0, 1, 0}, within(1e-100));
    }

    @Test
    void aDistanceOfZeroIsRefused() {
        assertThatThrownBy(() -> new Huff(1, -2).shares(new double[] {1}, new double[] {0})).hasMessageContaining("distance (0.0) must be above 0");
    }

    /// Published: MCI 1.3.3, Freiburg, the naive baseline every fit must beat.
    @Test
    void freiburg() {
        double[] power = SharedTable.read("MCI_Freiburg2.csv").numbers("ppower");
        double[] truth = SharedTable.read("MCI_Freiburg3.csv").numbers("annualsales");
        SharedTable pairs = SharedTable.read("MCI_Freiburg1.csv");
        double[] area = Arrays.copyOf(pairs.numbers("salesarea"), truth.length);
        double[] sales = Huff.sales(power, new Huff(1, -2).shares(area, pairs.numbers("distance")));
        assertThat(Arrays.stream(sales).sum()).isCloseTo(377_105_880, within(1e-7 * 377_105_880));
        assertThat(ShareScore.of(sales, truth, new int[truth.length], 1).mape()).isCloseTo(.638376614, within(1e-9));
    }
}

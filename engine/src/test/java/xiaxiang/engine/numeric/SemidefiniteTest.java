package xiaxiang.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SemidefiniteTest {
    @Test
    void inverseAndRootAtFullRankWhateverTheUnits() {
        double[] a = {4, 1e-6, 1e-6, 1e-12};
        Semidefinite m = new Semidefinite(a, 2);
        assertThat(m.rank()).isEqualTo(2);
        assertThat(m.weakest()).isEqualTo(-1);
        // Determinant 3e-12.
        assertThat(m.inverse()).containsExactly(new double[] {1 / 3.0, -1e6 / 3, -1e6 / 3, 4e12 / 3}, within(1e-2));
        double[] product = Semidefinite.product(a, m.inverse(), 2);
        assertThat(product).containsExactly(new double[] {1, 0, 0, 1}, within(1e-9));
        double[] r = m.root();
        assertThat(r[0] * r[0] + r[1] * r[1]).isCloseTo(4, within(1e-12));
        assertThat(r[0] * r[2] + r[1] * r[3]).isCloseTo(1e-6, within(1e-18));
    }

    @Test
    void aSingularOneNamesWhatItCannotTell() {
        // The second and third rows are one.
        double[] a = {2, 0, 0, 0, 1, 1, 0, 1, 1};
        Semidefinite m = new Semidefinite(a, 3);
        assertThat(m.rank()).isEqualTo(2);
        assertThat(m.weakest()).isIn(1, 2);
        assertThat(Semidefinite.product(Semidefinite.product(a, m.inverse(), 3), a, 3)).containsExactly(a, within(1e-12));
        assertThat(m.isIndefinite()).isFalse();
        assertThat(new Semidefinite(new double[] {1, 2, 2, 1}, 2).isIndefinite()).isTrue();
        assertThatThrownBy(() -> new Semidefinite(new double[] {Double.NaN}, 1)).hasMessageContaining("not finite");
    }
}

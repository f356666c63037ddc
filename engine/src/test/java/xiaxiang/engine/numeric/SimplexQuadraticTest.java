package xiaxiang.engine.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class SimplexQuadraticTest {
    /// Every set of columns in use is tried: the least feasible objective is the truth.
    @Test
    void equalsBruteForceOverActiveSets() {
        for (int seed = 0; seed < 200; seed++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
            int rows = 1 + random.nextInt(6);
            int columns = 1 + random.nextInt(6);
            double ridge = seed % 2 == 0 ? .1 : 1e-3;
            double[] a = random.doubles((long) rows * columns, -1, 1).toArray();
            double[] b = random.doubles(rows, -1, 1).toArray();
            double[] w = SimplexQuadratic.solve(a, b, columns, ridge);
            assertThat(objective(a, b, columns, ridge, w)).as("seed " + seed).isCloseTo(brute(a, b, columns, ridge), within(1e-12));
        }
    }

    @Test
    void meetsTheOptimalityConditions() {
        for (int seed = 0; seed < 60; seed++) {
            UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1000 + seed);
            int rows = 5 + random.nextInt(60);
            int columns = 5 + random.nextInt(120);
            double ridge = new double[] {0, 1e-8, .5}[seed % 3];
            double level = seed % 4 == 0 ? 1e3 : 0;
            double[] a = random.doubles((long) rows * columns, level - 1, level + 1).toArray();
            double[] b = random.doubles(rows, level - .5, level + .5).toArray();
            double[] w = SimplexQuadratic.solve(a, b, columns, ridge);
            assertThat(residual(a, b, columns, ridge, w)).as("seed " + seed).isLessThan(1e-10);
        }
    }

    @Test
    void scaleAndOrderDoNotMatter() {
        UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(5);
        double[] a = random.doubles(20 * 30, 0, 1).toArray();
        double[] b = random.doubles(20, 0, 1).toArray();
        double[] w = SimplexQuadratic.solve(a, b, 30, .01);
        double[] large = SimplexQuadratic.solve(java.util.Arrays.stream(a).map(x -> 1000 * x).toArray(), java.util.Arrays.stream(b).map(x -> 1000 * x).toArray(), 30, .01 * 1e6);
        double[] turned = new double[a.length];
        for (int i = 0; i < 20; i++) for (int j = 0; j < 30; j++) turned[i * 30 + 29 - j] = a[i * 30 + j];
        double[] back = SimplexQuadratic.solve(turned, b, 30, .01);
        for (int j = 0; j < 30; j++) {
            assertThat(large[j]).isCloseTo(w[j], within(1e-12));
            assertThat(back[29 - j]).isCloseTo(w[j], within(1e-12));
        }
    }

    @Test
    void twinsAndPerfectFitsEnd() {
        double[] w = SimplexQuadratic.solve(new double[] {1, 1, 1, 3, 1, 1, 1, 3}, new double[] {2, 2}, 4, 0);
        assertThat(objective(new double[] {1, 1, 1, 3, 1, 1, 1, 3}, new double[] {2, 2}, 4, 0, w)).isLessThan(1e-20);
        assertThat(SimplexQuadratic.solve(new double[] {5}, new double[] {1}, 1, 0)).containsExactly(1);
        assertThat(SimplexQuadratic.solve(new double[3], new double[1], 3, 1)).satisfies(v -> assertThat(v[1]).isCloseTo(1.0 / 3, within(1e-15)));
    }

    @Test
    void refusesWhatIsNotFinite() {
        assertThatThrownBy(() -> SimplexQuadratic.solve(new double[] {Double.NaN}, new double[] {1}, 1, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> SimplexQuadratic.solve(new double[] {1}, new double[] {1}, 2, 0)).hasMessageContaining("Expected 1 x 2");
    }

    static double objective(double[] a, double[] b, int columns, double ridge, double[] w) {
        double sum = 0;
        for (int i = 0; i < b.length; i++) {
            double r = -b[i];
            for (int j = 0; j < columns; j++) r += a[i * columns + j] * w[j];
            sum += r * r;
        }
        for (double x : w) sum += ridge * x * x;
        return sum;
    }

    /// How far the weights are from feasible and the gradient from level, relative to the sizes of the columns.
    private static double residual(double[] a, double[] b, int columns, double ridge, double[] w) {
        double sum = 0;
        double worst = 0;
        double[] r = new double[b.length];
        for (int i = 0; i < r.length; i++) for (int j = 0; j < columns; j++) r[i] += (a[i * columns + j] - b[i]) * w[j];
        double[] g = new double[columns];
        double level = 0;
        double scale = 1;
        for (int j = 0; j < columns; j++) {
            worst = Math.max(worst, -w[j]);
            sum += w[j];
            g[j] = ridge * w[j];
            double size = 0;
            for (int i = 0; i < r.length; i++) {
                g[j] += (a[i * columns + j] - b[i]) * r[i];
                size += (a[i * columns + j] - b[i]) * (a[i * columns + j] - b[i]);
            }
            scale = Math.max(scale, size);
            level += g[j] * w[j];
        }
        for (int j = 0; j < columns; j++) worst = Math.max(worst, w[j] > 0 ? Math.abs(g[j] - level) / scale : (level - g[j]) / scale);
        return Math.max(worst, Math.abs(sum - 1));
    }

    private static double brute(double[] a, double[] b, int columns, double ridge) {
        double best = Double.POSITIVE_INFINITY;
        for (int set = 1; set < 1 << columns; set++) {
            int k = Integer.bitCount(set);
            int[] in = java.util.stream.IntStream.range(0, columns).filter(bit(set)).toArray();
            DMatrixRMaj system = new DMatrixRMaj(k + 1, k + 1);
            DMatrixRMaj right = new DMatrixRMaj(k + 1, 1);
            for (int p = 0; p < k; p++) {
                for (int q = 0; q < k; q++) for (int i = 0; i < b.length; i++) system.add(p, q, a[i * columns + in[p]] * a[i * columns + in[q]]);
                system.add(p, p, ridge);
                for (int i = 0; i < b.length; i++) right.add(p, 0, a[i * columns + in[p]] * b[i]);
                system.set(p, k, 1);
                system.set(k, p, 1);
            }
            right.set(k, 0, 1);
            DMatrixRMaj x = new DMatrixRMaj(k + 1, 1);
            if (!CommonOps_DDRM.solve(system, right, x)) continue;
            double[] w = new double[columns];
            boolean feasible = true;
            for (int p = 0; p < k; p++) {
                w[in[p]] = x.get(p, 0);
                feasible &= x.get(p, 0) >= -1e-12;
            }
            if (feasible) best = Math.min(best, objective(a, b, columns, ridge, w));
        }
        return best;
    }

    private static java.util.function.IntPredicate bit(int set) {
        return j -> (set >> j & 1) == 1;
    }
}

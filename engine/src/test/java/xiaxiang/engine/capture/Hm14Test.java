package xiaxiang.engine.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Published optima of Haase and Mueller (2014) problems; the reference table holds three values a row, the largest counts.
class Hm14Test {
    @Test
    void knownOptimaAreProven() throws IOException {
        Path folder = folder();
        List<String> rows = Files.readAllLines(folder.resolve("HM14_legault_reference.csv"));
        int checked = 0;
        for (int row = 1; row < rows.size(); row++) {
            String[] cells = rows.get(row).split(",", -1);
            if (!cells[0].equals("HM14_800_25.data") || row % 9 != 4) {
                continue;
            }
            double known = Math.max(number(cells[6]), Math.max(number(cells[9]), number(cells[11])));
            CaptureProblem p = read(folder.resolve(cells[0]), number(cells[3]), number(cells[4]), number(cells[5]));
            Limits limits = new Limits(1e-6, 150, 100_000, Long.MAX_VALUE, 2);
            Outcome outcome = Solver.solve(p, limits, Progress.silent());
            assertThat(outcome.gap()).as("row %d", row).isLessThanOrEqualTo(1e-6);
            Certificate certificate = CertificateTest.certificate(outcome);
            assertThat(certificate).isNotNull();
            if (certificate != null) {
                assertThat(certificate.lower()).as("row %d", row).isCloseTo(known, Offset.offset(3e-6 * known));
                assertThat(Verifier.verify(p, certificate)).as("row %d", row).isInstanceOf(Verdict.Proven.class);
            }
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(10);
    }

    private static double number(String cell) {
        return cell.isBlank() ? 0 : Double.parseDouble(cell);
    }

    private static Path folder() {
        Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolveSibling("shared").resolve("data"))) {
            at = at.getParent();
        }
        Assumptions.assumeTrue(at != null, "no shared/data folder beside the project");
        return at == null ? Path.of("") : at.resolveSibling("shared").resolve("data").resolve("optimizer").resolve("hm14");
    }

    static CaptureProblem read(Path file, double alpha, double beta, double open) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            double[] sizes = numbers(in.readLine());
            int points = (int) sizes[0];
            int sites = (int) sizes[1];
            double[] weight = numbers(in.readLine());
            double[] rivals = new double[points];
            for (int e = 0; e < (int) sizes[2]; e++) {
                double[] costs = numbers(in.readLine());
                for (int i = 0; i < points; i++) {
                    rivals[i] += Math.exp(alpha * beta * costs[i]);
                }
            }
            float[] ratio = new float[points * sites];
            int[] site = new int[ratio.length];
            int[] start = new int[points + 1];
            for (int j = 0; j < sites; j++) {
                double[] costs = numbers(in.readLine());
                for (int i = 0; i < points; i++) {
                    ratio[i * sites + j] = (float) Math.max(1e-37, Math.exp(beta * costs[i]) / rivals[i]);
                    site[i * sites + j] = j;
                }
            }
            Arrays.setAll(start, i -> i * sites);
            double[][] use = new double[1][sites];
            Arrays.fill(use[0], 1);
            int[] group = new int[sites];
            Arrays.fill(group, -1);
            return CaptureProblem.of(new Kernel.Logit(),
                    new CaptureProblem.Rows(weight, new double[points], start, site, ratio),
                    new CaptureProblem.Sites(sites, use, new double[] {open}, group, new double[1][0],
                            new boolean[sites], new boolean[sites], new boolean[sites]));
        }
    }

    private static double[] numbers(@Nullable String line) {
        String text = line == null ? "" : line.strip();
        return Arrays.stream(text.split("\\s+", -1)).mapToDouble(Double::parseDouble).toArray();
    }
}

package xiaxiang.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.core.door.Problems;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;
import xiaxiang.engine.capture.Plan;

class Hm14FileTest {
    /// Three points, two sites, two rivals.
    private static final String SMALL = """
            3 2 2
            1 2 .5
            -1 -2 -3
            -2 -1 0
            -1 -1.5 -700
            0 1e0 2
            """.replace(" .5", " 0.5");

    @TempDir
    private Path temp = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(temp.resolve("small.data"), text);
    }

    private static CaptureProblem good(Path file, double alpha, double beta, int open) {
        var problems = new Problems();
        CaptureProblem problem = Hm14File.read(file, alpha, beta, open, problems);
        assertThat(problems.text(Locale.ENGLISH)).isEmpty();
        if (problem == null) throw new AssertionError("no problem and no problem said");
        return problem;
    }

    @Test
    void ratiosAreThoseOfTheFormula() throws IOException {
        CaptureProblem p = good(file(SMALL), .5, 2, 1);
        double[][] rivals = {{-1, -2, -3}, {-2, -1, 0}};
        double[][] sites = {{-1, -1.5, -700}, {0, 1, 2}};
        assertThat(p.kernel()).isEqualTo(new Kernel.Logit());
        assertThat(p.limit(0)).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            int point = i;
            double w = Arrays.stream(rivals).mapToDouble(b -> Math.exp(.5 * 2 * b[point])).sum();
            for (int at = p.rowStart(i); at < p.rowStart(i + 1); at++) {
                double ratio = Math.exp(2 * sites[p.siteAt(at)][i]) / w;
                assertThat(p.ratioAt(at)).isEqualTo((float) Math.max(1e-37, ratio));
            }
        }
        assertThat(new double[] {p.weight(0), p.weight(1), p.weight(2)}).containsExactly(1, 2, .5);
    }

    @Test
    void lineEndsMeanNothing() throws IOException {
        CaptureProblem p = good(file(SMALL), .5, 2, 1);
        String oneLine = SMALL.replace('\n', ' ');
        String oneEach = Pattern.compile("\\s+").matcher(SMALL).replaceAll("\r\n\t");
        for (String text : List.of(oneLine, oneEach, "\ufeff" + SMALL, SMALL.replace("\n", "\n\n"))) assertThat(good(file(text), .5, 2, 1).fingerprint()).isEqualTo(p.fingerprint());
    }

    @Test
    void ofSeveralProblemsTheFirstCounts() throws IOException {
        String other = SMALL.replace("-700", "-7");
        assertThat(good(file(SMALL + other), .5, 2, 1).fingerprint()).isEqualTo(good(file(SMALL), .5, 2, 1).fingerprint());
    }

    @Test
    void utilitiesOf700Survive() throws IOException {
        CaptureProblem p = good(file("2 2 1\n1 1\n-700 700\n700 -700\n-700 700\n"), 1, 1, 2);
        double[] captures = {p.capture(new boolean[] {true, false}), p.capture(new boolean[] {false, true})};
        // Site 0 wins point 0 whole and none of point 1; site 1 ties at both.
        assertThat(captures[0]).isCloseTo(1, within(1e-12));
        assertThat(captures[1]).isCloseTo(1, within(1e-7));
        for (int at = 0; at < p.nonZeros(); at++) assertThat(p.ratioAt(at)).isPositive().isFinite();
    }

    @Test
    void badArgumentsAreThrown() throws IOException {
        Path file = file(SMALL);
        var problems = new Problems();
        assertThatThrownBy(() -> Hm14File.read(file, Double.NaN, 1, 1, problems)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("alpha");
        assertThatThrownBy(() -> Hm14File.read(file, 1, Double.POSITIVE_INFINITY, 1, problems)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("beta");
        assertThatThrownBy(() -> Hm14File.read(file, 1, 1, -1, problems)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("open");
        assertThat(Hm14File.read(file, 1, 1, 3, problems)).isNull();
        assertThat(problems.text(Locale.ENGLISH)).contains("open").contains("\"3\"").contains("[0, 2]");
    }

    /// The published sets of sites capture the published figures (Legault's table; where its columns differ the largest counts).
    @Test
    void publishedPlansCaptureWhatIsPublished() throws IOException {
        Path folder = Instances.at("hm14");
        List<String> rows = Files.readAllLines(folder.resolve("HM14_legault_reference.csv"));
        int checked = 0;
        for (int row = 1; row < rows.size(); row += 7) {
            String[] cells = rows.get(row).split(",", -1);
            if (cells[12].isBlank() || cells[3].equals("0.2")) continue;
            CaptureProblem p = good(folder.resolve(cells[0]), Double.parseDouble(cells[3]), Double.parseDouble(cells[4]), Integer.parseInt(cells[5]));
            assertThat(p.points()).isEqualTo(800);
            int[] open = Pattern.compile(" ").splitAsStream(cells[12].strip()).mapToInt(Integer::parseInt).toArray();
            double known = Arrays.stream(new int[] {6, 9, 11}).mapToDouble(k -> cells[k].isBlank() ? 0 : Double.parseDouble(cells[k])).max().orElse(0);
            assertThat(p.capture(Plan.of(p.sites(), open).asBooleans(p.sites()))).as("row %d", row).isCloseTo(known, within(1e-5 * known));
            checked++;
        }
        assertThat(checked).isGreaterThan(10);
    }

    @Test
    void everySharedFileIsRead() throws IOException {
        Path folder = Instances.at("hm14");
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".data")).sorted().toList()) {
                String[] name = String.valueOf(file.getFileName()).split("[_.]", -1);
                CaptureProblem p = good(file, .1, 1, 5);
                assertThat(p.points()).as(file.toString()).isEqualTo(Integer.parseInt(name[1]));
                assertThat(p.sites()).as(file.toString()).isEqualTo(Integer.parseInt(name[2]));
            }
        }
    }
}

package xiaxiang.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import xiaxiang.bench.GateRow.Replication;

/// The table of published numbers and the gate say no where no is the truth.
class ScienceTest {
    @Test
    void aFigureIsWithinItsToleranceOrNot() {
        assertThat(Figure.absolute("x", 1 + 9e-9, 1, 1e-8).isWithin()).isTrue();
        assertThat(Figure.absolute("x", 1 + 2e-8, 1, 1e-8).isWithin()).isFalse();
        assertThat(Figure.relative("x", 1e6 + 1, 1e6, 1e-5).isWithin()).isTrue();
        assertThat(Figure.absolute("x", Double.NaN, 1, 1).isWithin()).isFalse();
        assertThat(Figure.likelihood("LL", -99, -100, 1e-6).isWithin()).as("better than theirs").isTrue();
        assertThat(Figure.likelihood("LL", -100.1, -100, 1e-6).isWithin()).isFalse();
        assertThat(Figure.absolute("x", 2, 1, .1).cells()).contains("**no**");
    }

    @Test
    void everyRowWhoseDataIsThereHolds() throws IOException {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/data/science"))) at = at.getParent();
        Assumptions.assumeTrue(at != null, "no shared/data/science beside the project");
        Path folder = (at == null ? Path.of("") : at).resolve("shared/data/science");
        for (ScienceRow row : ScienceRows.all()) {
            assertThat(row.isReady(folder)).as(row.name()).isTrue();
            assertThat(row.run(folder).figures()).as(row.name()).isNotEmpty().allMatch(Figure::isWithin);
        }
    }

    @Test
    void namesAreDifferent() {
        assertThat(ScienceRows.all()).extracting(ScienceRow::name).doesNotHaveDuplicates();
    }

    @Test
    void theGateLetsNobodyThroughWhoDoesNotWarn() {
        assertThat(row(.95, .05, "").isInside()).isTrue();
        assertThat(row(.90, .05, "").isInside()).isFalse();
        GateRow known = new GateRow("x", "w", "m", 100, false, _ -> new Replication(false, false, false, "biased"));
        assertThat(known.holds(known.run())).as("fails, and warns in every world").isTrue();
        GateRow silent = new GateRow("x", "w", "m", 100, false, seed -> new Replication(false, false, false, seed == 3 ? "" : "biased"));
        assertThat(silent.holds(silent.run())).isFalse();
        GateRow bound = new GateRow("x", "w", "m", 100, true, _ -> new Replication(false, false, false, "biased"));
        assertThat(bound.holds(bound.run())).as("must pass").isFalse();
        GateRow refusing = new GateRow("x", "w", "m", 100, true, _ -> Replication.refused("no"));
        assertThat(refusing.run().refused()).isEqualTo(100);
        assertThat(refusing.holds(refusing.run())).isFalse();
    }

    private static GateRow.Passed row(double coverage, double rejection, String warning) {
        return new GateRow("x", "w", "m", 1000, true, seed -> new Replication(seed <= 1000 * coverage, seed <= 1000 * rejection, false, warning)).run();
    }
}

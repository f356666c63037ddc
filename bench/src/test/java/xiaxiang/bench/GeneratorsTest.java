package xiaxiang.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ForkJoinPool;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xiaxiang.engine.capture.CaptureProblem;

class GeneratorsTest {
    private static final String TOWNSHIPS = """
            code,lon,lat,villages,population_2020_modelled
            410329001,112.43,34.42,3,90000
            410329101,112.30,34.31,5,40000
            410329102,112.51,34.29,2,
            330101001,120.16,30.27,4,50000
            330101002,,,4,50000
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path atlas() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("cn_townships.csv.gz")))) {
            out.write(TOWNSHIPS.getBytes(StandardCharsets.UTF_8));
        }
        return folder;
    }

    @Test
    void aNationKeepsItsVillagesAndPeople() throws IOException {
        CaptureProblem all = new NationProblem("", 3, 1, .5, 0).build(atlas());
        assertThat(all.points()).isEqualTo(3 + 5 + 2 + 4);
        assertThat(all.sites()).isEqualTo(4);
        assertThat(all.nonZeros()).isEqualTo(3 * all.points());
        double weight = 0;
        for (int i = 0; i < all.points(); i++) {
            weight += all.weight(i);
        }
        assertThat(weight).isCloseTo(.32 * (90_000 + 40_000 + 20_000 + 50_000), Offset.offset(1e-6));
        assertThat(new NationProblem("41", 3, 1, .5, 0).build(folder).points()).isEqualTo(10);
        assertThat(new NationProblem("", 3, 1, .5, 20).build(folder).sites()).isEqualTo(20);
    }

    @Test
    void theSameSeedGivesTheSameProblemWhateverTheThreads() throws IOException {
        Path atlas = atlas();
        String one;
        try (ForkJoinPool pool = new ForkJoinPool(1)) {
            one = pool.submit(() -> SyntheticProblem.logit(500, 40, 10, 3, 8, 7).fingerprint()).join();
        }
        assertThat(SyntheticProblem.logit(500, 40, 10, 3, 8, 7).fingerprint()).isEqualTo(one);
        assertThat(SyntheticProblem.logit(500, 40, 10, 3, 8, 8).fingerprint()).isNotEqualTo(one);
        assertThat(new NationProblem("", 3, 1, .5, 20).build(atlas).fingerprint()).isEqualTo(new NationProblem("", 3, 1, .5, 20).build(atlas).fingerprint());
    }

    @Test
    void aCoveringProblemHasTheRowsItsRadiusAllows() {
        CaptureProblem small = SyntheticProblem.covering(300, 30, 1_000, 5, 3);
        CaptureProblem large = SyntheticProblem.covering(300, 30, 300_000, 5, 3);
        assertThat(small.nonZeros()).isBetween(1, 300 * 30 - 1);
        assertThat(large.nonZeros()).isEqualTo(300 * 30);
        for (int e = 0; e < small.nonZeros(); e++) {
            assertThat(small.ratioAt(e)).isEqualTo(1);
        }
    }
}

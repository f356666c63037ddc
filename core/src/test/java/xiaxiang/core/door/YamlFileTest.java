package xiaxiang.core.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hostile YAML ends in a list of problems, never in an exception or a full memory.
class YamlFileTest {
    @TempDir
    private Path folder = Path.of("");

    private Problems read(byte[] bytes) throws IOException {
        Path file = folder.resolve("x.yaml");
        Files.write(file, bytes);
        var problems = new Problems();
        YamlFile yaml = YamlFile.read(file, problems);
        yaml.text("a", "");
        yaml.refuseOthers();
        return problems;
    }

    private String said(String text) throws IOException {
        return read(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)).text(Locale.ENGLISH);
    }

    @Test
    void aBombOfAliasesIsRefused() throws IOException {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int k = 1; k < 30; k++) bomb.append("a").append(k).append(": &a").append(k).append(" [*a").append(k - 1).append(", *a").append(k - 1).append("]\n");
        assertThat(said(bomb.toString())).contains("x.yaml").contains("is not valid YAML");
    }

    @Test
    void deepNestingIsAProblemNotACrash() throws IOException {
        assertThat(said("a: " + "[".repeat(20_000))).contains("is not valid YAML");
        assertThat(said("a: " + "[".repeat(20_000) + "]".repeat(20_000))).isNotEmpty();
        assertThat(said("{a: ".repeat(20_000) + "}".repeat(20_000))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "a: 'x", "\ta: 1", "a: [1, 2", "a: {b", "%YAML 9.9\n---\na: 1\n...\nb", "a: *nobody", "? [x]\n: 1", "a: 1\n---\nb: 2", "a: \u0007", "[]", "x"})
    void brokenTextIsAProblem(String text) throws IOException {
        assertThat(said(text)).contains("x.yaml");
    }

    @Test
    void otherEncodingsAndSizesAreProblems() throws IOException {
        assertThat(read("a: 县".getBytes(Charset.forName("GB18030"))).list()).extracting(Problem::rule).containsExactly(Rule.ENCODING);
        assertThat(read(("a: " + "x".repeat(1 << 20)).getBytes(java.nio.charset.StandardCharsets.UTF_8)).list()).extracting(Problem::rule).containsExactly(Rule.FILE_TOO_BIG);
        assertThat(read("\ufeffa: 1".getBytes(java.nio.charset.StandardCharsets.UTF_8)).list()).isEmpty();
    }

    @Test
    void aTwiceWrittenKeyNamesItsSecondLine() throws IOException {
        assertThat(read("a: 1\n\na: 2\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)).list()).extracting(Problem::row).containsExactly(3L);
    }

    @Test
    void aFolderIsNoFile() {
        var problems = new Problems();
        YamlFile.read(folder, problems);
        assertThat(problems.isEmpty()).isFalse();
    }
}

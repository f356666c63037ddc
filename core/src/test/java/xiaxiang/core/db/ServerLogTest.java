package xiaxiang.core.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLogTest {
    @Test
    void aFullLogIsStartedAnewUnderAWriterThatGoesOn(@TempDir Path temp) throws IOException {
        ServerLog log = new ServerLog(temp);
        try (OutputStream writer = Files.newOutputStream(log.file(), StandardOpenOption.APPEND)) {
            byte[] line = ("x".repeat(99) + "\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 90_000; i++) writer.write(line);
                log.bound();
                assertThat(log.size()).isZero();
            }
            writer.write(line);
        }
        assertThat(log.since(0)).containsExactly("x".repeat(99));
        assertThat(log.since(1 << 20)).isEmpty();
        assertThat(Files.size(temp.resolve("postgres.log.1"))).isEqualTo(9_000_000);
    }

    @Test
    void everyRefusalHasItsTextsAndNextStepInBothLanguages() {
        for (DatabaseRefused.Reason reason : DatabaseRefused.Reason.values()) {
            String en = new DatabaseRefused(reason, "FACT1", "FACT2", "FACT3").text(Locale.ENGLISH);
            String zh = new DatabaseRefused(reason, "FACT1", "FACT2", "FACT3").text(Locale.SIMPLIFIED_CHINESE);
            assertThat(zh).isNotEqualTo(en).containsPattern("\\p{IsHan}");
            assertThat(en).doesNotContainPattern("\\p{IsHan}").endsWith(".");
        }
    }
}

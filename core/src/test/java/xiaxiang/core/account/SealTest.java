package xiaxiang.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is closed opens with the same key for the same person, and not otherwise.
class SealTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    @TempDir
    private Path temp;

    @Test
    void theKeyIsMadeOnceForItsOwnerAloneAndOpensAfterARestart() throws IOException {
        Path data = temp.resolve("data");
        byte[] kept = Seal.of(data).close(SECRET, 7);
        assertThat(Seal.of(data).open(kept, 7)).isEqualTo(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(Seal.FILE)))).isEqualTo("rw-------");
        assertThat(data.toFile().list()).containsExactly(Seal.FILE);
        assertThat(Seal.of(data).close(SECRET, 7)).as("twice the same is not the same").isNotEqualTo(kept);
    }

    @Test
    void noOtherKeyPersonOrTextOpens() {
        Seal seal = Seal.fresh();
        byte[] kept = seal.close(SECRET, 7);
        assertThatThrownBy(() -> Seal.fresh().open(kept, 7)).isInstanceOf(Seal.Lost.class);
        assertThatThrownBy(() -> seal.open(kept, 8)).isInstanceOf(Seal.Lost.class);
        kept[20] ^= 1;
        assertThatThrownBy(() -> seal.open(kept, 7)).isInstanceOf(Seal.Lost.class);
        assertThatThrownBy(() -> seal.open(SECRET, 7)).as("as it was kept before there were seals").isInstanceOf(Seal.Lost.class);
        assertThatThrownBy(() -> seal.open(new byte[3], 7)).isInstanceOf(Seal.Lost.class);
    }

    @Test
    void aFileThatIsNoKeyIsSaid() throws IOException {
        for (String text : new String[] {"", "not Base64!", "c2hvcnQ="}) {
            Files.writeString(temp.resolve(Seal.FILE), text);
            assertThatThrownBy(() -> Seal.of(temp)).isInstanceOf(IOException.class).hasMessageContaining("is no key of 32 bytes");
        }
    }
}

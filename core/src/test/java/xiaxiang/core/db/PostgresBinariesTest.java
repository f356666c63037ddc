package xiaxiang.core.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {
    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"../evil, ''", "/tmp/evil, ''", "a/../../evil, ''", "link, ../../evil", "link, /etc/passwd"})
    void anEntryThatLeavesTheFolderIsRefused(String name, String link) throws IOException {
        byte[] archive = archive(name, link, (byte) '2');
        assertThatThrownBy(() -> PostgresBinaries.untar(new ByteArrayInputStream(archive), temp.resolve("in/side"))).isInstanceOf(IOException.class).hasMessageContaining("must stay");
        assertThat(temp.resolve("evil")).doesNotExist();
    }

    @Test
    void hardLinksAndDevicesAreRefused() throws IOException {
        for (byte type : new byte[] {TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO}) {
            byte[] archive = archive("odd", "bin/postgres", type);
            assertThatThrownBy(() -> PostgresBinaries.untar(new ByteArrayInputStream(archive), temp.resolve("in"))).isInstanceOf(IOException.class).hasMessageContaining("must be a file");
        }
    }

    private static byte[] archive(String name, String link, byte type) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
            TarArchiveEntry entry = link.isEmpty() ? new TarArchiveEntry(name, true) : new TarArchiveEntry(name, type);
            if (!link.isEmpty()) entry.setLinkName(link);
            byte[] content = link.isEmpty() ? "x".getBytes(StandardCharsets.UTF_8) : new byte[0];
            entry.setSize(content.length);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void unpackingKilledHalfWayIsRepeatedAndTwoWaitForEachOther() throws Exception {
        Process killed = ServerFolders.child(Unpacking.class, temp.toString());
        if (!killed.waitFor(900, TimeUnit.MILLISECONDS)) killed.destroyForcibly().waitFor();
        Process a = ServerFolders.child(Unpacking.class, temp.toString());
        Process b = ServerFolders.child(Unpacking.class, temp.toString());
        String folder = ServerFolders.line(a);
        assertThat(ServerFolders.line(b)).isEqualTo(folder).isNotEmpty();
        assertThat(a.waitFor() + b.waitFor()).isZero();
        assertThat(Path.of(folder, "bin/postgres")).isExecutable();
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(Path.of(folder).getFileName().toString(), "unpacking.lock");
        }
    }

    /// Unpacks in a process of its own.
    static final class Unpacking {
        private Unpacking() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(PostgresBinaries.folder(Path.of(arguments[0])));
        }
    }
}

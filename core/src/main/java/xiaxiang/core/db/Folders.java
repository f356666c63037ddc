package xiaxiang.core.db;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders and files nobody else may read.
final class Folders {
    private Folders() {}

    /// Deletes a folder with all it holds, if it is there.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) Files.deleteIfExists(path);
    }

    /// Rights as `ls -l` shows them, for a new file or folder.
    static FileAttribute<?> rights(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    /// Writes a small text readable by its owner only, in one step: whoever reads sees the old text or the new.
    static void writePrivately(Path file, String text) throws IOException {
        Path half = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".half", rights("rw-------"));
        try {
            Files.writeString(half, text);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /// The refusal a failed reading or writing stands for.
    static DatabaseRefused refusal(IOException e, Path folder) {
        if (String.valueOf(e.getMessage()).contains("No space left on device")) return new DatabaseRefused(e, DatabaseRefused.Reason.DISK_FULL, folder, 0, ClusterFolder.NEEDED_MIB);
        if (!(e instanceof FileSystemException file)) return new DatabaseRefused(e, DatabaseRefused.Reason.FILES, folder, String.valueOf(e.getMessage()));
        String why = file.getReason() != null ? file.getReason() : file instanceof AccessDeniedException ? "access denied" : file.getClass().getSimpleName();
        return new DatabaseRefused(e, DatabaseRefused.Reason.FILES, file.getFile() == null ? folder : file.getFile(), why);
    }
}

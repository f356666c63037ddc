package xiaxiang.app.flow;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.register.FactTable;

/// Lays uploaded files out as the plain tables of a folder: CSV files as they are, the entries of zips, the sheets of workbooks. Whatever an upload holds, it writes
/// no more than [UploadLimits] and nowhere else; what is wrong is a problem.
final class Unpacking {
    /// Files of a workspace that are no facts: passed over.
    private static final List<String> OTHERS = List.of("scenario.yaml", "coefficients.csv", "coefficient_covariance.csv", "outcomes.csv", "readme.txt", "readme.md");
    private static final long FREE_BYTES = 1L << 20;

    private final Path out;
    private final Problems problems;
    private final Map<String, String> from = new HashMap<>();
    private int files;
    private long bytes;

    private Unpacking(Path out, Problems problems) {
        this.out = out;
        this.problems = problems;
    }

    /// Lays the files of one folder out into another, which is there and empty.
    static void unpack(Path uploads, Path out, Problems problems) throws IOException {
        var unpacking = new Unpacking(out, problems);
        List<Path> all;
        try (Stream<Path> list = Files.list(uploads)) {
            all = list.sorted().toList();
        }
        for (Path file : all) unpacking.file(file);
        if (unpacking.from.isEmpty() && problems.isEmpty()) problems.add("-", Rule.NOTHING_UPLOADED, tables());
    }

    private static String tables() {
        return Facts.csv().stream().map(one -> one.file() + ".csv").collect(Collectors.joining(" "));
    }

    private void file(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String low = name.toLowerCase(Locale.ROOT);
        if (low.endsWith(".zip")) zip(file, name);
        else if (low.endsWith(".xlsx")) workbook(file, name);
        else entry(name, low, Files.size(file), () -> Files.newInputStream(file));
    }

    private interface Source {
        InputStream open() throws IOException;
    }

    private void zip(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > UploadLimits.FILES) {
                problems.add(name, Rule.TOO_MANY_FILES, Integer.toString(UploadLimits.FILES));
                return;
            }
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String path = entry.getName();
                if (entry.isDirectory() || path.startsWith("__MACOSX/")) continue;
                if (path.startsWith("/") || path.contains("..") || path.contains("\\") || path.contains(":") || path.indexOf('\0') >= 0) problems.add(path, Rule.BAD_NAME, "");
                else inner(zip, entry, path.substring(path.lastIndexOf('/') + 1));
            }
        } catch (ZipException | IllegalArgumentException broken) {
            problems.add(name, Rule.BAD_ZIP, "");
        }
    }

    private void inner(ZipFile zip, ZipEntry entry, String name) throws IOException {
        if (name.startsWith(".")) return;
        String low = name.toLowerCase(Locale.ROOT);
        if (!low.endsWith(".xlsx")) {
            entry(name, low, entry.getCompressedSize(), () -> zip.getInputStream(entry));
            return;
        }
        Path packed = Files.createTempFile(out.getParent(), "inner", ".xlsx");
        try {
            if (copy(name, entry.getCompressedSize(), () -> zip.getInputStream(entry), packed)) workbook(packed, name);
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    /// One table or boundary file. A name that is no table's is a problem: it would be passed over in silence.
    private void entry(String name, String low, long packed, Source source) throws IOException {
        String stem = low.replaceAll("\\.csv(\\.gz)?$", "");
        boolean table = !stem.equals(low) && Facts.csv().stream().anyMatch(one -> one.file().equals(stem));
        if (OTHERS.contains(low)) return;
        if (!table && !low.equals(Facts.BOUNDARIES)) problems.add(name, Rule.MISNAMED_FILE, tables() + " " + Facts.BOUNDARIES);
        else if (fresh(stem, name)) copy(name, packed, source, out.resolve(low));
    }

    private boolean fresh(String table, String name) {
        String other = from.putIfAbsent(table, name);
        if (other != null) problems.add(name, Rule.TWO_UPLOADS, other);
        else if (++files > UploadLimits.FILES) problems.add(name, Rule.TOO_MANY_FILES, Integer.toString(UploadLimits.FILES));
        return other == null && files <= UploadLimits.FILES;
    }

    /// False, with a problem, if it is too much.
    private boolean copy(String name, long packed, Source source, Path to) throws IOException {
        long most = Math.min(UploadLimits.FILE_BYTES, Math.min(UploadLimits.UNPACKED_BYTES - bytes, FREE_BYTES + UploadLimits.RATIO * Math.max(1, packed)));
        long written = 0;
        try (InputStream in = source.open(); OutputStream file = Files.newOutputStream(to)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n > 0 && written <= most; n = in.read(buffer)) {
                file.write(buffer, 0, n);
                written += n;
            }
        } catch (ZipException | FileAlreadyExistsException broken) {
            problems.add(name, Rule.BAD_ZIP, "");
            Files.deleteIfExists(to);
            return false;
        }
        bytes += written;
        if (written <= most) return true;
        Files.deleteIfExists(to);
        problems.add(name, Rule.UNPACKS_TOO_FAR, most + " B");
        return false;
    }

    private void workbook(Path file, String name) throws IOException {
        for (FactTable table : WorkbookTables.read(file, name, out, problems)) fresh(table.file(), name);
    }
}

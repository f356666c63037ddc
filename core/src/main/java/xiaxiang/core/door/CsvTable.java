package xiaxiang.core.door;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes a table as docs/formats.md states it, so that [CsvFile] reads back what was written: UTF-8, lists as `a|b`, maps as `a:1|b:2` by name, what a spreadsheet
/// would take for a formula behind an apostrophe ([Formula]).
public final class CsvTable implements AutoCloseable {
    private final CsvWriter csv;

    /// A new file with this header; throws FileAlreadyExistsException if it is there.
    public CsvTable(Path file, List<String> header) throws IOException {
        csv = CsvWriter.builder().build(file, StandardOpenOption.CREATE_NEW);
        csv.writeRecord(header);
    }

    /// One row: null is blank, an enum its name in small letters.
    public void row(@Nullable Object... cells) {
        csv.writeRecord(Stream.of(cells).map(CsvTable::text).toList());
    }

    private static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case Enum<?> one -> one.name().toLowerCase(Locale.ROOT);
            case List<?> list -> Formula.led(list.stream().map(String::valueOf).collect(Collectors.joining("|")));
            case Map<?, ?> map -> Formula.led(new TreeMap<>(map).entrySet().stream().map(e -> e.getKey() + ":" + e.getValue()).collect(Collectors.joining("|")));
            case String text -> Formula.led(text);
            default -> cell.toString();
        };
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}

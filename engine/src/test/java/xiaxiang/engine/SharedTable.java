package xiaxiang.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// A table with published answers from the folder `shared/data/science` beside the project; tests that need one are skipped where it is absent.
public final class SharedTable {
    private final List<String> names;
    private final List<String[]> rows = new ArrayList<>();

    private SharedTable(List<String> lines) {
        names = List.of(cells(lines.getFirst()));
        for (String line : lines.subList(1, lines.size())) rows.add(cells(line));
    }

    public static SharedTable read(String file) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve("shared/data/science"))) at = at.getParent();
        Assumptions.assumeTrue(at != null, "no shared/data/science beside the project");
        try {
            return new SharedTable(Files.readAllLines((at == null ? Path.of("") : at).resolve("shared/data/science").resolve(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] cells(String line) {
        List<String> out = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') quoted = !quoted;
            else if (c == ',' && !quoted) {
                out.add(cell.toString());
                cell.setLength(0);
            } else cell.append(c);
        }
        out.add(cell.toString());
        return out.toArray(String[]::new);
    }

    public int rows() {
        return rows.size();
    }

    public String[] text(String column) {
        int at = names.indexOf(column);
        return rows.stream().map(row -> row[at]).toArray(String[]::new);
    }

    public double[] numbers(String column) {
        return Arrays.stream(text(column)).mapToDouble(s -> s.equals("NA") || s.isEmpty() ? Double.NaN : Double.parseDouble(s)).toArray();
    }

    /// The values of a column as indices in order of first appearance.
    public int[] codes(String column) {
        Map<String, Integer> seen = new LinkedHashMap<>();
        return Arrays.stream(text(column)).mapToInt(s -> seen.computeIfAbsent(s, _ -> seen.size())).toArray();
    }
}

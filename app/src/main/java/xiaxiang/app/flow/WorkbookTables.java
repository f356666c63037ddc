package xiaxiang.app.flow;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Formula;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.register.FactTable;

/// Turns the sheets of a workbook (xlsx), each named as a table, into CSV files whose rows stand in the same lines. Text that begins like a formula stays text; a
/// formula is a problem, since nobody knows what it will be tomorrow.
final class WorkbookTables {
    private final String name;
    private final Problems problems;

    private WorkbookTables(String name, Problems problems) {
        this.name = name;
        this.problems = problems;
    }

    /// Writes the tables of a workbook into a folder and names them.
    static List<FactTable> read(Path file, String name, Path out, Problems problems) throws IOException {
        var tables = new WorkbookTables(name, problems);
        List<FactTable> read = new ArrayList<>();
        try {
            if (!tables.small(file)) return read;
            try (ReadableWorkbook workbook = new ReadableWorkbook(file.toFile()); Stream<Sheet> sheets = workbook.getSheets()) {
                for (Sheet sheet : sheets.toList()) {
                    FactTable table = tables.sheet(sheet, out);
                    if (table != null) read.add(table);
                }
            }
        } catch (ZipException | ExcelReaderException | IllegalArgumentException | IllegalStateException broken) {
            problems.add(name, Rule.BAD_ZIP, "");
        } catch (IOException broken) {
            // The reader wraps what its XML parser finds.
            if (broken.getCause() == null || broken.getCause() instanceof IOException) throw broken;
            problems.add(name, Rule.BAD_ZIP, "");
        }
        return read;
    }

    /// Counts what the file unpacks to before anything is read into memory; false with a problem if it is too much.
    private boolean small(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > UploadLimits.XLSX_ENTRIES) {
                problems.add(name, Rule.TOO_MANY_FILES, Integer.toString(UploadLimits.XLSX_ENTRIES));
                return false;
            }
            long most = Math.min(UploadLimits.XLSX_BYTES, (1L << 20) + UploadLimits.RATIO * Files.size(file));
            long bytes = 0;
            byte[] buffer = new byte[1 << 16];
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    for (int n = in.read(buffer); n > 0 && bytes <= most; n = in.read(buffer)) bytes += n;
                }
            }
            if (bytes > most) problems.add(name, Rule.UNPACKS_TOO_FAR, most + " B");
            return bytes <= most;
        }
    }

    private @Nullable FactTable sheet(Sheet sheet, Path out) throws IOException {
        String title = sheet.getName().strip().toLowerCase(Locale.ROOT);
        FactTable table = Facts.csv().stream().filter(one -> one.file().equals(title)).findFirst().orElse(null);
        if (table == null) {
            problems.add(new Problem(name, 0, "", sheet.getName(), Rule.SHEET_UNKNOWN, Facts.csv().stream().map(FactTable::file).collect(Collectors.joining(" "))));
            return null;
        }
        try (CsvWriter csv = CsvWriter.builder().build(out.resolve(title + ".csv"), StandardOpenOption.CREATE_NEW); Stream<Row> rows = sheet.openStream()) {
            long line = 1;
            for (var each = rows.iterator(); each.hasNext();) {
                Row row = each.next();
                for (; line < row.getRowNum(); line++) csv.writeRecord("");
                csv.writeRecord(row.stream().map(cell -> cell(table, row, cell)).toList());
                line++;
            }
        } catch (FileAlreadyExistsException twice) {
            problems.add(name, Rule.TWO_UPLOADS, title + ".csv");
            return null;
        }
        return table;
    }

    private String cell(FactTable table, Row row, @Nullable Cell cell) {
        if (cell == null) return "";
        if (cell.getType() == CellType.FORMULA || cell.getFormula() != null) {
            problems.add(new Problem(table.file(), row.getRowNum(), cell.getAddress().toString(), "=" + cell.getFormula(), Rule.FORMULA_CELL, ""));
            return "";
        }
        // One line a row, so that rows are counted as the sheet counts them.
        if (cell.getType() != CellType.NUMBER) return Formula.led(cell.getText().replaceAll("[\\r\\n]+", " "));
        boolean date = table.columns().stream().anyMatch(one -> one.type() == FactTable.Type.DATE) && cell.getDataFormatId() != null && isDate(cell);
        return date ? cell.asDate().toLocalDate().toString() : new BigDecimal(cell.getRawValue()).toPlainString();
    }

    private static boolean isDate(Cell cell) {
        String format = cell.getDataFormatString();
        return format != null && format.contains("y") && format.contains("d");
    }
}

package xiaxiang.app.flow;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.AtlasTables;
import xiaxiang.core.register.FactExport;
import xiaxiang.core.register.FactTable;

/// FACTS go out: tables as CSV (docs/formats.md), workbook or GeoJSON, and a workspace in one zip; streamed, under the caller's scope and territory. An import of what was
/// exported changes nothing.
public final class ExportFacts {
    /// Rows of a worksheet, the header with them.
    public static final int SHEET_ROWS = 1_048_576;
    private static final int FLUSHED = 500;

    private final FactExport export;

    /// An export of a subtree of places (null: the whole territory), in a transaction.
    public ExportFacts(Handle handle, Territory territory, @Nullable String path) {
        export = new FactExport(handle, territory, new FactExport.Part(path, true));
    }

    /// The table of a file name, null if there is none.
    public static @Nullable FactTable table(String name) {
        return Facts.csv().stream().filter(one -> one.file().equals(name)).findFirst().orElse(null);
    }

    /// Whether a table has points.
    public static boolean hasPoints(FactTable table) {
        return table.header().contains("lon");
    }

    /// Whether a table fits one sheet of a workbook.
    public boolean fitsSheet(FactTable table) {
        return export.count(table) < SHEET_ROWS;
    }

    /// Writes a CSV file.
    public void csv(FactTable table, OutputStream out) throws IOException {
        export.csv(table, out);
    }

    /// Writes a workbook of one sheet, named as the table; text stays text, whatever it begins with.
    public void workbook(FactTable table, OutputStream out) throws IOException {
        try (Workbook workbook = new Workbook(out, "xiaxiang", "1.0")) {
            Worksheet sheet = workbook.newWorksheet(table.file());
            List<String> header = table.header();
            for (int column = 0; column < header.size(); column++) sheet.inlineString(0, column, header.get(column));
            int[] at = {0};
            export.rows(table, cells -> {
                at[0]++;
                for (int column = 0; column < cells.size(); column++) cell(sheet, at[0], column, cells.get(column));
                if (at[0] % FLUSHED == 0) sheet.flush();
            });
            sheet.finish();
        }
    }

    private static void cell(Worksheet sheet, int row, int column, @Nullable Object cell) {
        switch (cell) {
            case null -> { }
            case Number number -> sheet.value(row, column, number);
            default -> {
                if (!cell.toString().isEmpty()) sheet.inlineString(row, column, cell.toString());
            }
        }
    }

    /// Writes a GeoJSON collection of a table's points, their other columns as properties; rows without a point are left out.
    public void geojson(FactTable table, OutputStream out) throws IOException {
        List<String> header = table.header();
        int lon = header.indexOf("lon");
        int lat = header.indexOf("lat");
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject().writeStringProperty("type", "FeatureCollection").writeArrayPropertyStart("features");
            export.rows(table, cells -> {
                if (cells.get(lon) instanceof Double x && cells.get(lat) instanceof Double y) feature(json, header, cells, x, y);
            });
            json.writeEndArray().writeEndObject();
        }
    }

    private static JsonGenerator generator(OutputStream out) {
        return JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().createGenerator(out);
    }

    private static void feature(JsonGenerator json, List<String> header, List<@Nullable Object> cells, double lon, double lat) {
        json.writeStartObject().writeStringProperty("type", "Feature").writeObjectPropertyStart("geometry").writeStringProperty("type", "Point").writeArrayPropertyStart("coordinates").writeNumber(lon)
                .writeNumber(lat).writeEndArray().writeEndObject().writeObjectPropertyStart("properties");
        for (int i = 0; i < header.size(); i++) {
            if (List.of("lon", "lat", "datum").contains(header.get(i))) continue;
            json.writeName(header.get(i));
            switch (cells.get(i)) {
                case null -> json.writeNull();
                case Double number -> json.writeNumber(number);
                case Long number -> json.writeNumber(number);
                case Object text -> json.writeString(text.toString());
            }
        }
        json.writeEndObject().writeEndObject();
    }

    /// Writes all tables and the boundaries into one zip: a workspace but for its scenario.
    public void workspace(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (FactTable table : Facts.csv()) {
                zip.putNextEntry(new ZipEntry(table.file() + ".csv"));
                export.csv(table, zip);
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(Facts.BOUNDARIES));
            export.boundaries(new Unclosed(zip));
            zip.closeEntry();
        }
    }

    /// An entry's writer closes what it wrote to: the zip goes on.
    private static final class Unclosed extends java.io.FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }

    /// Whether a table holds what is confidential to a place's planning: then reading demand is needed.
    public static boolean isPlanning(FactTable table) {
        return !table.equals(AtlasTables.DIVISIONS) && !table.equals(AtlasTables.PEOPLE) && !table.equals(AtlasTables.BRANDS) && !table.equals(AtlasTables.SHOPS) && !table.equals(AtlasTables.SITES);
    }
}

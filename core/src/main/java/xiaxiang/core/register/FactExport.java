package xiaxiang.core.register;

import static xiaxiang.core.register.FactSql.quoted;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.FactTable.Column;

/// Writes facts out of the database: what somebody may see of a place's subtree, streamed, in the order and form of the workspace files, so that an import of an export changes nothing.
///
/// The place becomes the top: its row has no parent. Closed shops, and sites taken away, are left out.
public final class FactExport {
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);
    private static final int FETCHED = 1_000;

    /// The subtree of a path (null: all the territory), with or without what was invented from a seed.
    public record Part(@Nullable String path, boolean synthetic) {}

    /// Takes the rows of a table one by one.
    public interface Rows {
        /// Cells in the order of the header: text, Long, Double or null.
        void row(List<@Nullable Object> cells) throws IOException;
    }

    private final Handle handle;
    private final Part part;

    /// An export under a transaction's scope and the caller's territory.
    public FactExport(Handle handle, Territory territory, Part part) {
        this.handle = handle;
        this.part = part;
        String top = part.path() == null ? territory.placeLow() : part.path();
        // A distributor's shops, and one shop, lie wherever they lie.
        String low = part.path() == null && territory.shopLow() == null ? "" : top;
        set("top", top);
        set("low", low);
        set("high", low.isEmpty() ? LAST : Territory.end(low));
        territory.binds().forEach(this::set);
        handle.execute("SET LOCAL statement_timeout = '600s'");
    }

    private void set(String name, String value) {
        handle.createQuery("SELECT set_config(:name, :value, true)").bind("name", "export." + name).bind("value", value).mapTo(String.class).one();
    }

    /// Writes a table as a CSV file of docs/formats.md; returns how many rows.
    public long csv(FactTable table, OutputStream out) throws IOException {
        // The first cell is quoted: one that begins with # would be a comment.
        String sql = "COPY (" + select(table, FactSql::written) + ") TO STDOUT (FORMAT csv, HEADER true, ENCODING 'UTF8'" + (table.columns().getFirst().type() == FactTable.Type.TEXT
                ? ", FORCE_QUOTE (" + quoted(table.columns().getFirst().name()) + ")" : "") + ")";
        try {
            return handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyOut(sql, out);
        } catch (SQLException failed) {
            if (failed.getCause() instanceof IOException gone) throw gone;
            throw new IllegalStateException("The table " + table.file() + " cannot be copied.", failed);
        }
    }

    /// How many rows of a table would be written.
    public long count(FactTable table) {
        return handle.createQuery("SELECT count(*) FROM " + table.table() + " o WHERE " + FactSql.withSettings(condition(table))).mapTo(long.class).one();
    }

    /// Hands the rows of a table over, a thousand fetched at a time.
    public void rows(FactTable table, Rows rows) throws IOException {
        int count = table.columns().size();
        try (var found = handle.createQuery(select(table, one -> FactSql.shown(one, "o"))).setFetchSize(FETCHED).map((row, _) -> cells(row, count)).stream()) {
            for (var each = found.iterator(); each.hasNext();) rows.row(each.next());
        }
    }

    private static List<@Nullable Object> cells(ResultSet row, int count) throws SQLException {
        List<@Nullable Object> cells = new ArrayList<>(count);
        for (int i = 1; i <= count; i++) {
            Object cell = row.getObject(i);
            cells.add(cell == null || cell instanceof Double ? cell : cell instanceof Number whole ? (Object) whole.longValue() : cell.toString());
        }
        return Collections.unmodifiableList(cells);
    }

    private interface Expression {
        String of(Column column);
    }

    private String select(FactTable table, Expression expression) {
        String cells = table.columns().stream().map(one -> cell(table, one, expression) + " AS " + quoted(one.name())).collect(Collectors.joining(", "));
        return "SELECT " + cells + " FROM " + table.table() + " o WHERE " + FactSql.withSettings(condition(table)) + " ORDER BY " + ordered(table);
    }

    /// In the order of the stored columns, not of the written ones of the same name.
    private static String ordered(FactTable table) {
        return table.order().replaceAll("(length\\()?\\b(code|id|position|path|year|shop|brand|period)\\b", "$1o.$2");
    }

    private String cell(FactTable table, Column column, Expression expression) {
        String cell = expression.of(column);
        if (table.table().equals("visit") && column.name().equals("shop")) return "CASE WHEN " + shopIsThere(!part.synthetic()) + " THEN " + cell + " END";
        return table.equals(AtlasTables.DIVISIONS) && column.name().equals("parent") ? "CASE WHEN o.path = (SELECT current_setting('export.top')) THEN NULL ELSE " + cell + " END" : cell;
    }

    private String condition(FactTable table) {
        if (table.where() == FactTable.Where.EVERYWHERE) return "true";
        String open = switch (table.table()) {
            case "shop" -> " AND o.closed_at IS NULL";
            case "site" -> " AND o.deleted_at IS NULL AND (o.shop IS NULL OR " + shopIsThere(!part.synthetic()) + ")";
            // Synthetic shops are made anew: what is told of them stays.
            case "answer", "sell_out" -> " AND (o.shop IS NULL OR " + shopIsThere(false) + ")";
            // Who took over must be there too, or the row says nothing.
            case "place" -> " AND (o.successors = '{}' OR NOT EXISTS (SELECT FROM unnest(o.successors) AS code LEFT JOIN place s ON s.code = code.code AND s.path >= :low AND s.path < :high WHERE s.code IS NULL))";
            default -> "";
        };
        boolean leave = !part.synthetic() && (table.equals(AtlasTables.SHOPS) || table.equals(AtlasTables.SITES));
        return "o.path >= :low AND o.path < :high AND " + FactSql.inside(table) + open + (leave ? " AND o.kind <> 'synthetic'" : "");
    }

    /// Whether the shop that a row names is written too.
    private static String shopIsThere(boolean observed) {
        return "EXISTS (SELECT FROM shop s WHERE s.id = o.shop AND s.closed_at IS NULL" + (observed ? " AND s.kind <> 'synthetic'" : "") + ")";
    }

    /// Writes boundaries.geojson; returns how many boundaries, and writes an empty collection where there are none.
    public long boundaries(OutputStream out) throws IOException {
        String sql = "SELECT o.code, p.name, o.source, o.kind, o.geojson::text FROM boundary o JOIN place p ON p.code = o.code WHERE " + FactSql.withSettings(condition(AtlasTables.BOUNDARIES)) + " ORDER BY o.path";
        long count = 0;
        try (JsonGenerator json = JsonMapper.shared().createGenerator(out); var found = handle.createQuery(sql).setFetchSize(50)
                .map((row, _) -> List.of(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5))).stream()) {
            json.writeStartObject().writeStringProperty("type", "FeatureCollection").writeArrayPropertyStart("features");
            for (var each = found.iterator(); each.hasNext(); count++) {
                List<String> one = each.next();
                json.writeStartObject().writeStringProperty("type", "Feature").writeObjectPropertyStart("properties").writeStringProperty("code", one.get(0)).writeStringProperty("name", one.get(1))
                        .writeStringProperty("source", one.get(2)).writeStringProperty("kind", one.get(3)).writeEndObject().writeName("geometry").writeRawValue(one.get(4)).writeEndObject();
            }
            json.writeEndArray().writeEndObject();
        }
        return count;
    }
}

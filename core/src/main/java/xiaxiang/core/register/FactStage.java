package xiaxiang.core.register;

import static xiaxiang.core.register.FactSql.list;
import static xiaxiang.core.register.FactSql.quoted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import xiaxiang.core.register.FactTable.Where;

/// Lays the files of a folder beside the tables of the database, for one transaction.
///
/// `raw_T` holds the cells of T's file as they stand; `new_T` its rows as they would be stored, each with its path, with `fresh` (not known yet) and `differs` (known otherwise).
/// Only SQL: a nation's two million rows never enter this program's memory.
final class FactStage {
    private final Handle handle;
    private final List<FactTable> tables;

    FactStage(Handle handle, List<FactTable> tables) {
        this.handle = handle;
        this.tables = tables;
    }

    /// Copies the files and compares. Files that are not there count as empty.
    void lay(Path folder, FactImport.Watch watch) {
        for (int i = 0; i < tables.size(); i++) {
            watch.at("copy", i, tables.size());
            copy(tables.get(i), folder.resolve(tables.get(i).file() + ".csv"));
        }
        for (int i = 0; i < tables.size(); i++) {
            watch.at("compare", i, tables.size());
            if (tables.get(i).where() == Where.PLACE) places(tables.get(i));
            else rows(tables.get(i));
            handle.execute("ANALYZE new_" + tables.get(i).table());
        }
    }

    private void copy(FactTable table, Path file) {
        String columns = table.columns().stream().map(one -> quoted(one.name()) + " " + one.type().sql).collect(Collectors.joining(", "));
        handle.execute("CREATE TEMP TABLE raw_" + table.table() + " (n bigint GENERATED ALWAYS AS IDENTITY, " + columns + ") ON COMMIT DROP");
        if (!Files.exists(file)) return;
        String header = table.columns().stream().map(one -> quoted(one.name())).collect(Collectors.joining(", "));
        try (InputStream in = Files.newInputStream(file)) {
            handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn("COPY raw_" + table.table() + " (" + header + ") FROM STDIN (FORMAT csv, HEADER true, ENCODING 'UTF8')", in, 1 << 16);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SQLException unfit) {
            throw new IllegalStateException("The normalised table " + table.file() + " does not fit the database.", unfit);
        }
        handle.execute("ANALYZE raw_" + table.table());
    }

    /// Places get their path from their parents, in the file or known. A blank parent of a known place is no news: it keeps the one it has. The walk down costs a pass a level.
    private void places(FactTable table) {
        handle.execute("""
                CREATE TEMP TABLE newest ON COMMIT DROP AS SELECT DISTINCT ON (code) code, persons FROM (
                  SELECT code, year, persons, 1 AS first FROM raw_people UNION ALL SELECT code, year, persons, 2 FROM people) both_of_them ORDER BY code, year DESC, first""");
        handle.execute("""
                CREATE TEMP TABLE step ON COMMIT DROP AS
                  SELECT bare(r.code) AS code, coalesce(bare(r.parent), o.parent) AS parent, o.parent AS was, o.path, o.depth FROM raw_place r LEFT JOIN place o ON o.code = bare(r.code)""");
        handle.execute("CREATE INDEX ON step (parent)");
        handle.execute("ANALYZE step");
        handle.execute("""
                CREATE TEMP TABLE walked ON COMMIT DROP AS WITH RECURSIVE walk AS (
                  SELECT s.code, CASE WHEN s.parent IS NULL THEN s.code || '/' WHEN s.parent = s.was THEN s.path ELSE p.path || s.code || '/' END AS path,
                    CASE WHEN s.parent IS NULL THEN 0 WHEN s.parent = s.was THEN s.depth ELSE p.depth + 1 END AS depth
                  FROM step s LEFT JOIN place p ON p.code = s.parent WHERE NOT EXISTS (SELECT FROM step above WHERE above.code = s.parent)
                  UNION ALL SELECT s.code, w.path || s.code || '/', w.depth + 1 FROM walk w JOIN step s ON s.parent = w.code)
                SELECT code, path COLLATE "C" AS path, depth FROM walk""");
        handle.execute("ANALYZE walked");
        String cells = table.stored().stream().map(one -> (one.column().equals("parent") ? "s.parent" : FactSql.stored(one)) + " AS " + quoted(one.column())).collect(Collectors.joining(", "));
        compared(table, "SELECT " + cells + ", w.path, w.depth, q.persons, r.n FROM raw_place r JOIN step s ON s.code = bare(r.code) LEFT JOIN walked w ON w.code = s.code LEFT JOIN newest q ON q.code = s.code");
        handle.execute("DROP TABLE step, walked, newest");
        handle.execute("CREATE INDEX ON new_place (code)");
    }

    private void rows(FactTable table) {
        String cells = table.stored().stream().map(one -> FactSql.stored(one) + " AS " + quoted(one.column())).collect(Collectors.joining(", "));
        String path = switch (table.where()) {
            case EVERYWHERE -> "";
            case AT_SHOP -> ", coalesce((SELECT path FROM new_shop WHERE id = bare(r.shop)), (SELECT path FROM shop WHERE id = bare(r.shop))) COLLATE \"C\" AS path";
            case PLACE, IN_PLACE -> ", coalesce(np.path, op.path) COLLATE \"C\" AS path";
        };
        String code = table.place() == null ? "" : "bare(r." + quoted(table.place().name()) + ")";
        String join = table.where() == Where.IN_PLACE ? " LEFT JOIN new_place np ON np.code = " + code + " LEFT JOIN place op ON op.code = " + code : "";
        compared(table, "SELECT " + cells + path + ", r.n FROM raw_" + table.table() + " r" + join);
        if (table.table().equals("shop")) handle.execute("CREATE INDEX ON new_shop (id)");
    }

    /// new_T: the rows of a query beside those known.
    private void compared(FactTable table, String query) {
        String position = table.positioned() ? ", coalesce(o.position, (SELECT coalesce(max(position), 0) FROM " + table.table() + ") + row_number() OVER (PARTITION BY o.source IS NULL ORDER BY t.n))::int AS position" : "";
        String differs = table.log() ? "false" : "(o.source IS NOT NULL AND ROW(" + list("t", compared(table)) + ") IS DISTINCT FROM ROW(" + list("o", compared(table)) + "))";
        handle.execute("CREATE TEMP TABLE new_" + table.table() + " ON COMMIT DROP AS SELECT t.*" + position + ", (o.source IS NULL) AS fresh, " + differs + " AS differs FROM ("
                + numbered(table, query, "n") + ") t LEFT JOIN (" + numbered(table, "SELECT * FROM " + table.table(), table.order()) + ") o ON " + known(table));
        handle.execute("DROP TABLE raw_" + table.table());
    }

    /// The columns by which a known row is told to have changed.
    static List<String> compared(FactTable table) {
        List<String> columns = new java.util.ArrayList<>(FactSql.columns(table));
        columns.removeAll(table.matched());
        if (table.where() == Where.PLACE) columns.add("persons");
        return columns;
    }

    /// The rows of a query; where several may be alike, each with its mark and its number among those.
    private static String numbered(FactTable table, String query, String order) {
        if (!repeats(table)) return query;
        String mark = "md5(ROW(" + list("q", table.log() ? FactSql.columns(table) : table.matched()) + ")::text)";
        return "SELECT q.*, " + mark + " AS mark, row_number() OVER (PARTITION BY " + mark + " ORDER BY q." + order + ") AS nth FROM (" + query + ") q";
    }

    /// True where a file may hold the same row, or a row of the same key, twice: public figures about channels, and visits.
    private static boolean repeats(FactTable table) {
        return table.log() || table.table().equals("channel_fact");
    }

    private static String known(FactTable table) {
        if (repeats(table)) return "o.mark = t.mark AND o.nth = t.nth";
        return table.matched().stream().map(one -> "o." + quoted(one) + " = t." + quoted(one)).collect(Collectors.joining(" AND "));
    }

    /// The condition that a stored row `o` is the one known again as `n` of new_T.
    static String same(FactTable table) {
        if (table.positioned()) return "o.position = n.position";
        return table.matched().stream().map(one -> "o." + quoted(one) + " = n." + quoted(one)).collect(Collectors.joining(" AND "));
    }
}

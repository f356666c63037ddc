package xiaxiang.core.register;

import static xiaxiang.core.register.FactSql.quoted;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.register.FactTable.Where;

/// Brings the normalised tables of a folder into the database: says what would change, or changes it. Nothing is ever deleted by an import.
///
/// The folder holds files as [WorkspaceTables] writes them, already judged by the door. Rows outside the person's territory are problems, and row-level security refuses
/// them once more. A shop that was closed or merged, and a site that was taken away, stay so. All in the caller's transaction; memory does not grow with the files.
public final class FactImport {
    /// How many changed cells are told.
    public static final int TOLD = 200;
    /// From so many changed shops on, places are counted anew instead of one by one.
    private static final long MANY = 5_000;

    /// Is told how far an import is; may throw to stop it.
    public interface Watch {
        /// `done` of `total` tables of a stage: copy, compare, change, count.
        void at(String stage, long done, long total);
    }

    /// How many rows of a table are new, known otherwise, and known.
    public record Counts(long fresh, long changed, long same) {}

    /// A cell of a known row that changes.
    public record Change(String table, String key, String column, @Nullable String old, @Nullable String now) {}

    /// What an import would change, by file name, or (with problems) why it cannot.
    public record Difference(Map<String, Counts> counts, List<Change> changes, Problems problems) {}

    private final List<FactTable> tables;

    /// An import of these tables, those that others name first; [AtlasTables#DIVISIONS], people and shops must be among them.
    public FactImport(List<FactTable> tables) {
        this.tables = List.copyOf(tables);
    }

    /// What the folder would change. The nation's million and a half rows take about a minute.
    public Difference compare(Handle handle, Territory territory, Path folder, Watch watch) {
        handle.execute("SET LOCAL statement_timeout = '600s'; SET LOCAL work_mem = '64MB'");
        new FactStage(handle, tables).lay(folder, watch);
        var problems = new Problems();
        for (FactTable table : tables) refused(handle, territory, table, problems);
        var counts = new LinkedHashMap<String, Counts>();
        var changes = new ArrayList<Change>();
        for (FactTable table : tables) {
            Counts found = counts(handle, table);
            if (found.fresh() + found.changed() + found.same() > 0) counts.put(table.file(), found);
            if (found.changed() > 0 && changes.size() < TOLD) changes.addAll(changes(handle, table, TOLD - changes.size()));
        }
        return new Difference(counts, changes, problems);
    }

    /// Compares and changes, as import number `id`; changes nothing if there are problems. Two imports at once take turns.
    public Difference apply(Handle handle, Territory territory, Path folder, long id, Watch watch) {
        handle.execute("SET LOCAL lock_timeout = '600s'; SET LOCAL statement_timeout = '600s'");
        handle.createQuery("SELECT pg_advisory_xact_lock(7100, 1)").mapToMap().one();
        Difference difference = compare(handle, territory, folder, watch);
        if (!difference.problems().isEmpty()) return difference;
        boolean moved = handle.createQuery("SELECT EXISTS (SELECT FROM new_place n JOIN place o USING (code) WHERE n.parent IS DISTINCT FROM o.parent)").mapTo(Boolean.class).one();
        boolean anew = moved || touched(difference, "divisions") > 0 || touched(difference, "people") > 0 || touched(difference, "shops") > MANY;
        if (anew) handle.createQuery("SELECT set_config('app.counting', 'off', true)").mapTo(String.class).one();
        for (int i = 0; i < tables.size(); i++) {
            watch.at("change", i, tables.size());
            change(handle, territory, tables.get(i), id);
        }
        watch.at("count", 0, 1);
        if (moved) call(handle, "settle_paths()");
        if (anew) call(handle, "count_places()");
        if (anew) call(handle, "analyze_facts()");
        watch.at("count", 1, 1);
        return difference;
    }

    private static void call(Handle handle, String function) {
        handle.createQuery("SELECT " + function).mapToMap().one();
    }

    private static long touched(Difference difference, String file) {
        Counts counts = difference.counts().get(file);
        return counts == null ? 0 : counts.fresh() + counts.changed();
    }

    private static Counts counts(Handle handle, FactTable table) {
        return handle.createQuery("SELECT count(*) FILTER (WHERE fresh) AS fresh, count(*) FILTER (WHERE differs) AS changed, count(*) FILTER (WHERE NOT fresh AND NOT differs) AS same FROM new_" + table.table())
                .map((row, _) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3))).one();
    }

    private static List<Change> changes(Handle handle, FactTable table, int most) {
        String cells = table.stored().stream().filter(one -> !table.matched().contains(one.column()))
                .map(one -> "('" + one.name() + "', (" + FactSql.shown(one, "o") + ")::text, (" + FactSql.shown(one, "n") + ")::text)").collect(Collectors.joining(", "));
        return handle.createQuery("SELECT " + key(table, "n") + ", c.name, c.old, c.now FROM (SELECT * FROM new_" + table.table() + " WHERE differs ORDER BY n LIMIT :most) n JOIN " + table.table()
                + " o ON " + FactStage.same(table) + " CROSS JOIN LATERAL (VALUES " + cells + ") AS c (name, old, now) WHERE c.old IS DISTINCT FROM c.now LIMIT :most").bind("most", most)
                .map((row, _) -> new Change(table.file(), row.getString(1), row.getString(2), row.getString(3), row.getString(4))).list();
    }

    private static String key(FactTable table, String alias) {
        List<String> names = table.log() ? List.of("date", "place") : table.matched();
        return "concat_ws('/', " + FactSql.list(alias, names) + ")";
    }

    /// Rows that lie elsewhere, or are in another territory already; brands and figures where somebody may not change what holds for everywhere.
    private static void refused(Handle handle, Territory territory, FactTable table, Problems problems) {
        if (territory.equals(Territory.everywhere())) return;
        if (table.where() == Where.EVERYWHERE) {
            refused(handle, territory, table, "n.fresh OR n.differs", table.match().getFirst(), Rule.NOT_YOURS, problems);
            return;
        }
        FactTable.Column place = table.place();
        if (place != null) refused(handle, territory, table, "n.path IS NULL OR NOT " + Territory.insideSql("n"), place.name(), Rule.OUTSIDE_TERRITORY, problems);
        if (!table.match().equals(List.of("id")) && table.where() != Where.PLACE) return;
        String key = quoted(table.matched().getFirst());
        refused(handle, territory, table, "n." + key + " IN (SELECT taken('" + table.table() + "', (SELECT array_agg(" + key + ") FROM new_" + table.table() + " WHERE fresh OR differs)))",
                table.match().getFirst(), Rule.TAKEN_ELSEWHERE, problems);
    }

    private static void refused(Handle handle, Territory territory, FactTable table, String condition, String column, Rule rule, Problems problems) {
        String cell = table.stored().stream().filter(one -> one.name().equals(column)).map(one -> "n." + quoted(one.column())).findFirst().orElseThrow();
        try (var rows = handle.createQuery("SELECT " + cell + " FROM new_" + table.table() + " n WHERE " + condition + " ORDER BY n.n").bindMap(condition.contains(":") ? territory.binds() : Map.of())
                .setFetchSize(1_000).map((row, _) -> String.valueOf(row.getString(1))).stream()) {
            rows.forEach(value -> problems.add(new Problem(table.file() + ".csv", 0, column, value, rule, "")));
        }
    }

    private static void change(Handle handle, Territory territory, FactTable table, long id) {
        List<String> set = new ArrayList<>(FactStage.compared(table));
        List<String> insert = new ArrayList<>(FactSql.columns(table));
        if (table.where() != Where.EVERYWHERE) insert.add("path");
        if (table.where() == Where.PLACE) insert.addAll(List.of("depth", "persons"));
        // A known place moves with all that stands in it, at the end.
        else if (table.where() != Where.EVERYWHERE) set.add("path");
        if (table.positioned()) insert.add("position");
        String inside = table.where() == Where.EVERYWHERE ? "" : " AND " + Territory.insideSql("o");
        String versioned = List.of("place", "shop", "site").contains(table.table()) ? ", version = o.version + 1, updated_at = now()" : "";
        if (!table.log()) {
            String cells = set.stream().map(one -> quoted(one) + " = n." + quoted(one)).collect(Collectors.joining(", "));
            handle.createUpdate("UPDATE " + table.table() + " o SET " + cells + versioned + " FROM new_" + table.table() + " n WHERE n.differs AND " + FactStage.same(table) + inside)
                    .bindMap(inside.isEmpty() ? Map.of() : territory.binds()).execute();
        }
        boolean seeded = List.of("shop", "site").contains(table.table());
        String into = insert.stream().map(FactSql::quoted).collect(Collectors.joining(", ")) + ", import_id" + (seeded ? ", seed" : "");
        String values = FactSql.list("n", insert) + ", :id" + (seeded ? ", CASE WHEN n.kind = 'synthetic' THEN substring(n.source FROM 'seed (-?[0-9]{1,18})')::bigint END" : "");
        handle.createUpdate("INSERT INTO " + table.table() + " (" + into + ") SELECT " + values + " FROM new_" + table.table() + " n WHERE n.fresh ORDER BY n.n").bind("id", id).execute();
    }
}

package xiaxiang.core.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A table as the catalogue has it: the columns that are stored (not those the server works out), the order that does not depend on the server's locale, and its
/// size in bytes. Parts of a partitioned table are reached through the whole.
record StoredTable(String name, List<String> columns, List<String> order, long bytes) {
    /// Flyway's own table: a restored database gets its own.
    static final String HISTORY = "flyway_schema_history";
    private static final String ALL = """
            SELECT c.relname, pg_table_size(c.oid),
              (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
              (SELECT array_agg(quote_ident(a.attname) || CASE WHEN a.attcollation <> 0 THEN ' COLLATE "C"' ELSE '' END ORDER BY k.position)
                FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, position) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
                WHERE i.indrelid = c.oid AND i.indisprimary)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ? ORDER BY c.relname""";
    /// A constraint that can wait for the end of the transaction sets no order.
    private static final String NEEDS = """
            SELECT c.relname, r.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND k.contype = 'f' AND NOT k.condeferrable AND k.conparentid = 0 AND c.oid <> r.oid""";

    StoredTable {
        columns = List.copyOf(columns);
        order = List.copyOf(order);
    }

    /// Every table of the schema, by name.
    static List<StoredTable> all(Connection connection) throws SQLException {
        List<StoredTable> tables = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(ALL)) {
            statement.setString(1, Database.SCHEMA);
            statement.setString(2, HISTORY);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) tables.add(new StoredTable(rows.getString(1), strings(rows, 3), strings(rows, 4), rows.getLong(2)));
            }
        }
        return tables;
    }

    private static List<String> strings(ResultSet rows, int column) throws SQLException {
        java.sql.Array array = rows.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    /// The tables so that each comes after those its foreign keys name.
    static List<StoredTable> loadingOrder(Connection connection, List<StoredTable> tables) throws SQLException {
        Map<String, Set<String>> needs = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(NEEDS)) {
            statement.setString(1, Database.SCHEMA);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) needs.computeIfAbsent(rows.getString(1), _ -> new HashSet<>()).add(rows.getString(2));
            }
        }
        List<StoredTable> order = new ArrayList<>();
        List<StoredTable> left = new ArrayList<>(tables);
        Set<String> loaded = new HashSet<>();
        while (!left.isEmpty()) {
            List<StoredTable> next = left.stream().filter(table -> loaded.containsAll(needs.getOrDefault(table.name(), Set.of()))).toList();
            if (next.isEmpty()) throw new IllegalStateException("The foreign keys of the tables (" + left.stream().map(StoredTable::name).toList() + ") must form no cycle, or be deferrable.");
            order.addAll(next);
            left.removeAll(next);
            next.forEach(table -> loaded.add(table.name()));
        }
        return order;
    }

    /// With the columns in another order, that of a backup.
    StoredTable withColumns(List<String> others) {
        return new StoredTable(name, others, order, bytes);
    }

    String qualified() {
        return quoted(Database.SCHEMA) + "." + quoted(name);
    }

    /// The statement that gives all rows in their order.
    String copyOut() {
        String by = order.isEmpty() ? "(t.*)::text COLLATE \"C\"" : order.stream().map(key -> "t." + key).collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns.stream().map(column -> "t." + quoted(column)).collect(Collectors.joining(", ")) + " FROM " + qualified() + " t ORDER BY " + by + ") TO STDOUT";
    }

    /// The statement that takes them.
    String copyIn() {
        return "COPY " + qualified() + " (" + columns.stream().map(StoredTable::quoted).collect(Collectors.joining(", ")) + ") FROM STDIN";
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

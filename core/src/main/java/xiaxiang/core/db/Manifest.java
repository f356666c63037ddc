package xiaxiang.core.db;

import java.util.List;

/// What a backup holds: written last, so that a file without it is none.
///
/// `at` is the time of the snapshot (ISO 8601, UTC), `program` and `server` the versions that made it, `schema` that of the tables.
record Manifest(String format, String at, String program, String server, String schema, List<Table> tables, List<Sequence> sequences) {
    static final String FORMAT = "xiaxiang-backup-1";

    Manifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
    }

    /// A table's content: its columns in order, its rows, and the length and SHA-256 of its text as `COPY` gives it in the table's order.
    record Table(String name, List<String> columns, long rows, long bytes, String sha256) {
        Table {
            columns = List.copyOf(columns);
        }

        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /// Where a sequence stood.
    record Sequence(String name, long lastValue, boolean isCalled) {}

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    long bytes() {
        return tables.stream().mapToLong(Table::bytes).sum();
    }

    BackupSummary summary() {
        return new BackupSummary(at, program, server, schema, tables.size(), rows());
    }
}

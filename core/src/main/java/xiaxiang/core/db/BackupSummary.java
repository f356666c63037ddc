package xiaxiang.core.db;

/// What a backup holds in short: the time of its snapshot (ISO 8601, UTC), the versions of program, server and schema that made it, and how many tables and rows.
public record BackupSummary(String at, String program, String server, String schema, int tables, long rows) {}

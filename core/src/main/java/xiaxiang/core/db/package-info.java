/// The database: its server where none is given, its connections, migrations, scope, and copies of it all.
///
/// Takes a folder ([EmbeddedPostgres]) or a JDBC address ([DatabaseAddress]); gives transactions that see what a person may see. What cannot be used is
/// [DatabaseRefused], with the next step. Invariants: no scope, no rows; the login that owns the tables is used for migrations and backups only, and is no
/// superuser; nothing acknowledged is lost when a process is killed; one process owns a data folder; nobody connects without a password. Imports no room.
@NullMarked
package xiaxiang.core.db;

import org.jspecify.annotations.NullMarked;

/// The database: its server where none is given, its connections, migrations and scope.
///
/// Takes a folder or a JDBC address; gives transactions that see what a person may see. Invariants: no scope, no rows; the login that owns the tables is used
/// for migrations and backups only. Imports no room.
@NullMarked
package xiaxiang.core.db;

import org.jspecify.annotations.NullMarked;

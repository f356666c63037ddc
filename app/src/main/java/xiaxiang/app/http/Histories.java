package xiaxiang.app.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.account.AuditStore;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;

/// The history of one row, from the audit.
final class Histories {
    private Histories() {}

    /// A page of the changes of a row of a table, the latest first.
    static Page<AuditStore.Entry> page(Database database, Caller caller, String table, String key, @Nullable String cursor, int limit) {
        int most = Page.limit(limit);
        List<String> after = Cursor.read(cursor, 1);
        var filter = new AuditStore.Filter(table, key, null, null, null, after == null ? null : Numbers.id(after.getFirst()));
        List<AuditStore.Entry> found = database.as(caller.scope(), handle -> AuditStore.list(handle, caller.territory(), false, caller.may(Right.READ_SHOPS), caller.may(Right.READ_PLANS), filter, most + 1));
        return Page.of(found, most, one -> List.of(Long.toString(one.id())));
    }
}

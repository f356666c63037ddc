package xiaxiang.app.http;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Lists whose key is a number that grows, the newest first; and who calls, by name.
final class Ids {
    private Ids() {}

    /// What the ids of a page lie below, from its cursor.
    static long before(@Nullable String cursor) {
        List<String> key = Cursor.read(cursor, 1);
        return key == null ? Long.MAX_VALUE : Numbers.id(key.getFirst());
    }

    static String name(Handle handle, Caller caller) {
        return handle.createQuery("SELECT coalesce(person_name(:person), '')").bind("person", caller.scope().person()).mapTo(String.class).one();
    }

    static String orBlank(@Nullable String name) {
        return name == null ? "" : name;
    }
}

package xiaxiang.app.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One page of a list: its items, and the cursor of the next page, null on the last.
public record Page<T>(List<T> items, @Nullable String next) {
    /// The most items a page holds.
    public static final int MOST = 200;

    public Page {
        items = List.copyOf(items);
    }

    /// A page of at most `limit` of the rows found, where one more than `limit` was asked for; `key` gives what the next page starts after.
    public static <T> Page<T> of(List<T> found, int limit, Function<T, List<String>> key) {
        boolean more = found.size() > limit;
        List<T> items = more ? found.subList(0, limit) : found;
        return new Page<>(items, more ? Cursor.of(key.apply(items.getLast())) : null);
    }

    /// The same, each row as `shape` shows it.
    public static <R, T> Page<T> of(List<R> found, int limit, Function<R, List<String>> key, Function<R, T> shape) {
        Page<R> page = of(found, limit, key);
        return new Page<>(page.items().stream().map(shape).toList(), page.next());
    }

    /// The limit asked for; refuses one outside 1 to 200.
    public static int limit(int asked) {
        if (asked < 1 || asked > MOST) throw Refusal.of(HttpStatus.BAD_REQUEST, "limit", asked, MOST);
        return asked;
    }
}

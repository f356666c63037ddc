package xiaxiang.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Where a page of a list starts: the key of the last row seen, packed so that nobody builds upon its shape.
public final class Cursor {
    private static final int LONGEST = 2_000;

    private Cursor() {}

    /// The cursor after a row of this key.
    static String of(List<String> key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonMapper.shared().writeValueAsString(key).getBytes(StandardCharsets.UTF_8));
    }

    /// The key in a cursor, of so many parts; null without a cursor. Refuses what is no cursor of ours.
    public static @Nullable List<String> read(@Nullable String cursor, int parts) {
        if (cursor == null || cursor.isEmpty()) return null;
        try {
            if (cursor.length() > LONGEST) throw new IllegalArgumentException("too long");
            List<String> key = JsonMapper.shared().readValue(Base64.getUrlDecoder().decode(cursor), new TypeReference<List<String>>() {});
            if (key.size() != parts) throw new IllegalArgumentException("of another list");
            return key;
        } catch (IllegalArgumentException | JacksonException e) {
            throw Refusal.of(HttpStatus.BAD_REQUEST, "cursor");
        }
    }
}

package xiaxiang.app.http;

import org.springframework.http.HttpStatus;

/// Numbers inside cursors.
final class Numbers {
    private Numbers() {}

    /// An id; refuses the cursor if it is none.
    static long id(String text) {
        if (!text.matches("\\d{1,18}")) throw Refusal.of(HttpStatus.BAD_REQUEST, "cursor");
        return Long.parseLong(text);
    }
}

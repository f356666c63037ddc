package xiaxiang.app.http;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import xiaxiang.core.db.Database;

/// Answers that are written while they are read from the database, however long they are. At most four at once: each holds a transaction while it lasts.
@Component
final class Downloads {
    private static final int AT_ONCE = 4;

    private final Database database;
    private final Semaphore free = new Semaphore(AT_ONCE);

    Downloads(Database database) {
        this.database = database;
    }

    /// Writes an answer; what it refuses it must refuse before it writes.
    interface Writing {
        void to(Handle handle, Answer answer) throws IOException;
    }

    /// An answer that has not begun.
    record Answer(HttpServletResponse response) {
        /// Begins it: from now on nothing can be refused. `file` is the name of a file to save it as, null where it is none.
        OutputStream begin(String type, @Nullable String file) throws IOException {
            response.setContentType(type);
            if (file != null) response.setHeader("Content-Disposition", "attachment; filename=\"" + file + "\"");
            response.setHeader("Cache-Control", "no-store");
            return new BufferedOutputStream(response.getOutputStream(), 1 << 16);
        }
    }

    void send(Caller caller, HttpServletResponse response, Writing writing) throws IOException {
        if (!free.tryAcquire()) throw Refusal.of(HttpStatus.SERVICE_UNAVAILABLE, "busy");
        try {
            database.as(caller.scope(), handle -> {
                writing.to(handle, new Answer(response));
                return handle;
            });
        } finally {
            free.release();
        }
    }
}

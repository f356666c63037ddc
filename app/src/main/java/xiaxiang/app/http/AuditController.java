package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.AuditStore;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;

/// Who changed what, when, from where.
@RestController
@Tag(name = "audit", description = "Every change, field by field")
final class AuditController {
    private final Database database;

    AuditController(Database database) {
        this.database = database;
    }

    @GetMapping("/api/v1/audit")
    @Needs(Right.READ_AUDIT)
    @Operation(summary = "Changes within my territory, the latest first")
    Page<AuditStore.Entry> list(Caller caller, @RequestParam(required = false) @Nullable String table, @RequestParam(required = false) @Nullable String row,
            @RequestParam(required = false) @Nullable Long person, @RequestParam(required = false) @Nullable String place, @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        List<String> key = Cursor.read(cursor, 1);
        int most = Page.limit(limit);
        var filter = new AuditStore.Filter(table, row, person, place, from, key == null ? null : Numbers.id(key.getFirst()));
        List<AuditStore.Entry> found = database.as(caller.scope(), handle -> AuditStore.list(handle, caller.territory(), caller.may(Right.READ_AUDIT), caller.may(Right.READ_SHOPS), caller.may(Right.READ_PLANS), filter, most + 1));
        return Page.of(found, most, entry -> List.of(Long.toString(entry.id())));
    }
}

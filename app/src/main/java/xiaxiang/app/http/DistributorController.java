package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.core.account.DistributorStore;
import xiaxiang.core.account.DistributorStore.Distributor;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;

/// Distributors, whose shops are territories of their own.
@RestController
@RequestMapping("/api/v1/distributors")
@Tag(name = "people")
final class DistributorController {
    record NewDistributor(@Schema(example = "D001") @Nullable String id, @Schema(example = "伊川通信") @Nullable String name, @Schema(example = "410329") @Nullable String place) {}

    private final Database database;

    DistributorController(Database database) {
        this.database = database;
    }

    @GetMapping
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "The distributors of my territory")
    Page<Distributor> list(Caller caller, @RequestParam(required = false) @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
        List<String> key = Cursor.read(cursor, 1);
        int most = Page.limit(limit);
        List<Distributor> found = database.as(caller.scope(), handle -> DistributorStore.list(handle, caller.territory(), key == null ? "" : key.getFirst(), most + 1));
        return Page.of(found, most, one -> List.of(one.id()));
    }

    @PostMapping
    @Needs({Right.READ_SHOPS, Right.MANAGE_PEOPLE})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add a distributor")
    Distributor add(Caller caller, @RequestBody NewDistributor body) {
        Fields fields = new Fields(caller.locale());
        Distributor added = new Distributor(fields.text("id", body.id(), 100), fields.text("name", body.name(), 200), fields.text("place", body.place(), 100));
        fields.done();
        switch (database.<DistributorStore.Outcome, RuntimeException>as(caller.scope(), handle -> DistributorStore.add(handle, caller.territory(), added))) {
            case DONE -> { }
            case ID_TAKEN -> throw Refusal.of(HttpStatus.CONFLICT, "id-taken");
            case NO_SUCH_PLACE -> {
                fields.wrong("place", added.place(), "field.beyond");
                fields.done();
            }
        }
        return added;
    }
}

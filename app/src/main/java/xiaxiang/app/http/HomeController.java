package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Objects;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.app.flow.HomeView;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;

/// What somebody finds when they come in.
@RestController
@Tag(name = "home", description = "What changed, what waits / 首页")
final class HomeController {
    private final Database database;
    private final HomeView home = new HomeView();

    HomeController(Database database) {
        this.database = database;
    }

    @GetMapping("/api/v1/home")
    @Needs(Right.READ_PLACES)
    @Operation(summary = "What changed in my territory, what waits for me, how much there is / 辖区的变化、待办与总数")
    HomeView.Answer home(Caller caller) {
        HomeView.Answer found = database.as(caller.scope(), handle -> home.of(handle, caller.scope().person(), caller.territory(), caller.rights()));
        return new HomeView.Answer(found.changed(), found.waiting().stream().map(one -> told(one, caller.locale())).toList(), found.counts());
    }

    /// Why a job failed, in the reader's words.
    private static HomeView.Waiting told(HomeView.Waiting one, Locale locale) {
        return one.kind().equals("job") ? new HomeView.Waiting(one.kind(), one.id(), Objects.requireNonNullElse(Said.of(locale, one.name()), ""), one.about(), null, null) : one;
    }
}

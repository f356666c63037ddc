package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.account.Home;
import xiaxiang.core.account.PeopleStore;
import xiaxiang.core.account.Person;
import xiaxiang.core.account.Right;

/// People as they go over the wire.
final class PersonJson {
    /// A territory: a place with all below it (code null: everywhere), a distributor's shops, or one shop.
    record TerritoryJson(@Schema(example = "place") String kind, @Schema(example = "410329") @Nullable String code, @Schema(example = "伊川县") String name, @Schema(example = "Yichuan County") String nameEn) {
        static TerritoryJson of(Home home) {
            return new TerritoryJson(home.kind().text(), home.code(), home.name(), home.nameEn());
        }
    }

    /// Somebody who is signed in.
    record Me(long id, String login, String name, String role, List<String> rights, TerritoryJson territory, String language, boolean totp) {
        static Me of(Person person, Collection<Right> rights, boolean totp) {
            return new Me(person.id(), person.login(), person.name(), person.role().text(), names(rights), TerritoryJson.of(person.home()), person.language(), totp);
        }
    }

    /// Somebody as whoever looks after people sees them: `joined` once they have a password or came by an identity provider, `invitedUntil` while a link of theirs was neither used nor withdrawn.
    @Schema(name = "Person")
    record Row(long id, String login, String name, @Nullable String email, String role, TerritoryJson territory, String language, boolean disabled, boolean joined, @Nullable Instant invitedUntil) {
        static Row of(Person person, PeopleStore.Arrival arrival) {
            return new Row(person.id(), person.login(), person.name(), person.email(), person.role().text(), TerritoryJson.of(person.home()), person.language(), person.disabled(), arrival.joined(),
                    arrival.invitedUntil());
        }
    }

    private PersonJson() {}

    /// Rights by name, in the order they are declared.
    static List<String> names(Collection<Right> rights) {
        return rights.stream().sorted().map(Right::text).toList();
    }
}

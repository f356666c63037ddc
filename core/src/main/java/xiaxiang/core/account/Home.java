package xiaxiang.core.account;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// The territory somebody was given: a place with all below it, a distributor's shops, or one shop. `code` is the place's code or the distributor's or shop's id,
/// null for everywhere; `path` is that of the place it lies in, blank for everywhere.
public record Home(Kind kind, @Nullable String code, String name, String nameEn, String path) {
    /// What a territory is made of.
    public enum Kind {
        PLACE, DISTRIBUTOR, SHOP;

        /// The name in the database and on the wire.
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The kind of a name; throws IllegalArgumentException if there is none.
        public static Kind of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    public Home {
        if (code == null && kind != Kind.PLACE) throw new IllegalArgumentException("A territory without a code is everywhere: of kind place.");
    }

    /// All there is.
    public static Home everywhere() {
        return new Home(Kind.PLACE, null, "", "", "");
    }

    /// The same as conditions. Throws IllegalArgumentException if what it names is gone.
    public Territory territory() {
        if (code == null) return Territory.everywhere();
        return switch (kind) {
            case PLACE -> Territory.place(path);
            case DISTRIBUTOR -> Territory.distributor(code, path);
            case SHOP -> Territory.shop(code, path);
        };
    }
}

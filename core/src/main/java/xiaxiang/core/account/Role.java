package xiaxiang.core.account;

import static xiaxiang.core.account.Right.*;

import java.util.Locale;
import java.util.Set;

/// What somebody is in the roll-out, and the rights that go with it. The database holds the same in `role_right`; a test keeps both equal.
public enum Role {
    FOUNDER, PLANNER, COUNTY_MANAGER, FIELD_WORKER, DISTRIBUTOR, SHOP, ANALYST, FINANCE, ADMINISTRATOR;

    /// What it may do, within the territory of whoever has it.
    public Set<Right> rights() {
        return switch (this) {
            case FOUNDER -> Set.of(READ_PLACES, READ_SHOPS, EXPORT, READ_DEMAND, READ_PLANS, APPROVE, READ_SHARE, READ_PEOPLE, READ_AUDIT, READ_SOURCES);
            case PLANNER -> Set.of(READ_PLACES, READ_SHOPS, EDIT_SHOPS, IMPORT, EXPORT, READ_DEMAND, FIT, READ_PLANS, PLAN, RUN_JOBS, READ_SHARE, READ_SOURCES);
            case COUNTY_MANAGER -> Set.of(READ_PLACES, READ_SHOPS, EDIT_SHOPS, IMPORT, EXPORT, RUN_JOBS, READ_DEMAND, READ_PLANS, READ_SHARE, READ_PEOPLE, READ_SOURCES);
            case FIELD_WORKER -> Set.of(READ_PLACES, READ_SHOPS, EDIT_SHOPS, READ_SOURCES);
            case DISTRIBUTOR -> Set.of(READ_PLACES, READ_SHOPS, EXPORT);
            case SHOP -> Set.of(READ_PLACES, READ_SHOPS);
            case ANALYST -> Set.of(READ_PLACES, READ_SHOPS, EXPORT, READ_DEMAND, FIT, RUN_JOBS, READ_PLANS, READ_SHARE, READ_SOURCES);
            case FINANCE -> Set.of(READ_PLACES, READ_SHOPS, EXPORT, READ_PLANS, APPROVE, READ_SHARE, READ_AUDIT, READ_SOURCES);
            case ADMINISTRATOR -> Set.of(READ_PLACES, READ_SHOPS, EDIT_SHOPS, IMPORT, EXPORT, RUN_JOBS, READ_PEOPLE, MANAGE_PEOPLE, READ_AUDIT, READ_SOURCES, EDIT_SOURCES);
        };
    }

    /// The name in the database and on the wire.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role of a name; throws IllegalArgumentException if there is none.
    public static Role of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}

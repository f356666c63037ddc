package xiaxiang.core.account;

import java.util.Locale;

/// What somebody may do, within their territory. The database holds the same names in `role_right`.
public enum Right {
    READ_PLACES, READ_SHOPS, EDIT_SHOPS, IMPORT, EXPORT, READ_DEMAND, FIT, READ_PLANS, PLAN, APPROVE, READ_SHARE, READ_PEOPLE, MANAGE_PEOPLE, READ_AUDIT, READ_SOURCES, EDIT_SOURCES, RUN_JOBS;

    /// The name in the database, on the wire and in tokens.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

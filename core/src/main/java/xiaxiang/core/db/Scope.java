package xiaxiang.core.db;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// On whose behalf a transaction runs and from where: the person's role and territory are read from the tables when it begins.
///
/// `person` is the id of a person; `origin` says where the wish came from ("ip 127.0.0.1 request 5f2c", "job 17"), at most 200 characters, and stands in the
/// audit; `rights` narrows the role's rights to these (an API token's), null for all of them.
public record Scope(long person, String origin, @Nullable List<String> rights) {
    private static final int LONGEST = 200;

    public Scope {
        if (origin.length() > LONGEST) origin = origin.substring(0, LONGEST);
        if (rights != null) rights = List.copyOf(rights);
    }

    /// All the rights of the person's role.
    public Scope(long person, String origin) {
        this(person, origin, null);
    }

    /// The same person and rights, on another way.
    public Scope from(String other) {
        return new Scope(person, other, rights);
    }
}

package xiaxiang.core.db;

import java.io.Serial;
import java.util.Locale;
import java.util.ResourceBundle;

/// A database that cannot be used as things are: which rule stands against it, its facts, and what to do next.
///
/// Every reason has its text and its next step in Chinese and English in `words.properties` of this package; the facts fill their places.
public final class DatabaseRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /// Why a database was refused. The comment names the facts.
    public enum Reason {
        /// folder
        IN_USE,
        /// folder, its major version, ours
        OTHER_MAJOR,
        /// folder, MiB free, MiB needed
        DISK_FULL,
        /// port
        PORT_TAKEN,
        /// process ids
        ORPHAN_STUCK,
        /// folder
        NO_WAY_AS_ROOT,
        /// what PostgreSQL said last, its log
        CRASHED,
        /// file
        SECRET_LOST,
        /// system, architecture
        BINARIES_MISSING,
        /// path, what the system said
        FILES,
        /// path, its owner
        OTHER_OWNER,
        /// minutes waited, its log
        SLOW,
        /// nothing
        INTERRUPTED,
        /// address without its password, what PostgreSQL said
        NO_CONNECTION,
        /// address, its major version, the oldest we take
        OLD_SERVER,
        /// file
        FILE_EXISTS,
        /// address
        NOTHING_TO_BACK_UP,
        /// address
        NOT_EMPTY,
        /// file, what is wrong with it
        NOT_A_BACKUP,
        /// file, the first part that differs
        ALTERED,
        /// its schema, ours
        NEWER_BACKUP,
        /// table
        DIFFERENT_SCHEMA,
        /// table, rows before, rows after
        DIFFERENT_CONTENT,
        /// what PostgreSQL said
        COPY_FAILED
    }

    private final Reason reason;
    private final String[] facts;

    DatabaseRefused(Reason reason, Object... facts) {
        this(null, reason, facts);
    }

    DatabaseRefused(@org.jspecify.annotations.Nullable Throwable cause, Reason reason, Object... facts) {
        super(reason.name(), cause);
        this.reason = reason;
        this.facts = java.util.Arrays.stream(facts).map(String::valueOf).toArray(String[]::new);
    }

    /// Why.
    public Reason reason() {
        return reason;
    }

    /// What is wrong and what to do next, in one line; Chinese if the locale's language is Chinese, else English.
    public String text(Locale locale) {
        return Texts.of(locale, "refused." + reason, (Object[]) facts) + " " + Texts.of(locale, "next." + reason, (Object[]) facts);
    }

    @Override
    public String getMessage() {
        return text(Locale.ENGLISH);
    }

    /// The texts of this package.
    static final class Texts {
        private static final ResourceBundle.Control FORMAT = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

        private Texts() {}

        static String of(Locale locale, String key, Object... facts) {
            Locale known = locale.getLanguage().equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
            return String.format(known, ResourceBundle.getBundle("xiaxiang.core.db.words", known, FORMAT).getString(key), facts);
        }
    }
}

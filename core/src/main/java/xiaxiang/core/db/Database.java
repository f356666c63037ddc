package xiaxiang.core.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/// Transactions on the database, each under a scope, one at a time in each thread: one within another would leave the outer under the inner one's scope, and is a fault
/// (IllegalStateException). The pool logs in as the owner and at once steps down to the role that owns nothing and is bound by
/// row-level security; thread-safe.
public final class Database implements AutoCloseable {
    /// The schema all tables are in.
    public static final String SCHEMA = "xiaxiang";

    private static final long WAIT_MILLIS = 10_000;
    /// How long an answer is waited for from a server that may be gone without a word: longer than any statement of ours may take (600 s, an import).
    private static final String LONGEST_SECONDS = "660";
    private static final String STEP_DOWN = "SET ROLE xiaxiang_app; SET search_path = xiaxiang, pg_catalog, pg_temp; SET statement_timeout = '120s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '120s'; "
            // A plan made for one territory is a bad one for another, and compiling a query takes longer than our queries do.
            + "SET plan_cache_mode = force_custom_plan; SET jit = off";

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    /// Set while a transaction of this thread is open.
    private final ThreadLocal<Boolean> open = new ThreadLocal<>();

    private Database(HikariDataSource pool) {
        this.pool = pool;
        jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
    }

    /// A pool of at most so many connections to a database that [Migrations] have brought up to date. Connects when first used; waits 10 s at most for a free one.
    public static Database open(DatabaseAddress address, int connections) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("xiaxiang");
        config.setJdbcUrl(address.jdbcUrl());
        if (address.user() != null) config.setUsername(address.user());
        if (address.password() != null) config.setPassword(address.password());
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setInitializationFailTimeout(WAIT_MILLIS);
        config.setConnectionInitSql(STEP_DOWN);
        config.addDataSourceProperty("ApplicationName", "xiaxiang");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", LONGEST_SECONDS);
        return new Database(new HikariDataSource(config));
    }

    /// Runs `work` in one transaction that sees and changes what the scope's person may. Throws what `work` throws, and rolls back then;
    /// an SQL state 42501 where the person is unknown or disabled, or reaches beyond their territory.
    public <T extends @Nullable Object, X extends Exception> T as(Scope scope, HandleCallback<T, X> work) throws X {
        return alone(handle -> {
            enter(handle, scope);
            return work.withHandle(handle);
        });
    }

    private static void enter(Handle handle, Scope scope) {
        handle.createQuery("SELECT enter(:person, :origin, :rights)").bind("person", scope.person()).bind("origin", scope.origin())
                .bindByType("rights", scope.rights() == null ? null : scope.rights().toArray(String[]::new), String[].class).mapTo(String.class).findOne();
    }

    /// What row-level security lets a transaction see, as text: the same text, the same rows. It belongs into the key of whatever is kept in memory, or that would tell
    /// one person what was read as another.
    public static String seen(Handle handle) {
        return handle.createQuery("""
                SELECT concat_ws('|', current_setting('app.rights', true), current_setting('app.place_low', true), current_setting('app.place_high', true), current_setting('app.shop_low', true),
                  current_setting('app.shop_high', true), current_setting('app.distributor', true), current_setting('app.shop', true))""").mapTo(String.class).one();
    }

    /// Runs `work` in one transaction that sees accounts (people, credentials, sessions, tokens, invitations) and nothing else. `person` is whom the audit
    /// names, null while nobody is known.
    public <T extends @Nullable Object, X extends Exception> T guard(@Nullable Long person, String origin, HandleCallback<T, X> work) throws X {
        return alone(handle -> {
            handle.execute("SET LOCAL ROLE xiaxiang_guard");
            handle.createQuery("SELECT set_config('app.person', :person, true) AS person, set_config('app.origin', :origin, true) AS origin").bind("person", person == null ? "" : person.toString())
                    .bind("origin", origin).mapToMap().one();
            return work.withHandle(handle);
        });
    }

    /// Runs `work` in one transaction without a scope: it sees no row that anybody's territory guards.
    public <T extends @Nullable Object, X extends Exception> T nobody(HandleCallback<T, X> work) throws X {
        return alone(work);
    }

    private <T extends @Nullable Object, X extends Exception> T alone(HandleCallback<T, X> work) throws X {
        if (open.get() != null) throw new IllegalStateException("A transaction of this thread is open already: give its handle to what works within it.");
        open.set(true);
        try {
            return jdbi.inTransaction(work);
        } finally {
            open.remove();
        }
    }

    /// The connections themselves, without a scope: for the library that runs jobs.
    public DataSource connections() {
        return pool;
    }

    @Override
    public void close() {
        pool.close();
    }
}

package xiaxiang.core.account;

import java.util.List;
import org.jdbi.v3.core.Handle;
import xiaxiang.core.db.Territory;

/// The distributors of a territory, each of whom serves the shops of a place.
public final class DistributorStore {
    /// A distributor and the place it serves.
    public record Distributor(String id, String name, String place) {}

    /// What came of a wish to add one.
    public enum Outcome { DONE, NO_SUCH_PLACE, ID_TAKEN }

    private DistributorStore() {}

    /// At most `limit` of them with ids after `after`, by id. A distributor sees itself.
    public static List<Distributor> list(Handle handle, Territory territory, String after, int limit) {
        return handle.createQuery("SELECT d.id, d.name, d.place FROM distributor d WHERE d.id > :after AND (" + Territory.insideSql("d") + " OR d.id = :territory_distributor) ORDER BY d.id LIMIT :limit")
                .bindMap(territory.binds()).bind("after", after).bind("limit", limit).map((row, _) -> new Distributor(row.getString(1), row.getString(2), row.getString(3))).list();
    }

    /// Adds one, for a place of the territory.
    public static Outcome add(Handle handle, Territory territory, Distributor distributor) {
        String path = handle.createQuery("SELECT t.path FROM place t WHERE t.code = :place AND " + Territory.insideSql("t")).bind("place", distributor.place()).bindMap(territory.binds())
                .mapTo(String.class).findOne().orElse(null);
        if (path == null) return Outcome.NO_SUCH_PLACE;
        int added = handle.createUpdate("INSERT INTO distributor (id, name, place, path) VALUES (:id, :name, :place, :path) ON CONFLICT (id) DO NOTHING").bind("id", distributor.id())
                .bind("name", distributor.name()).bind("place", distributor.place()).bind("path", path).execute();
        return added == 1 ? Outcome.DONE : Outcome.ID_TAKEN;
    }
}

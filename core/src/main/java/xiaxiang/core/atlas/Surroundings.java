package xiaxiang.core.atlas;

import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Row;
import xiaxiang.engine.geo.LonLat;

/// What the row of a shop or a site is judged against: the places, brands and shops beside it, in files or in the database.
public interface Surroundings {
    /// The code in force of the division a cell names; adds a problem if there is none, or several took over.
    String division(Row row, String column);

    /// Adds a problem if a cell names what is no brand.
    void brand(Row row, String column, String brand);

    /// Adds a problem if a point lies far from its division.
    void point(Row row, String division, LonLat point);

    /// Whose a shop is, as it is written there (own, partner, rival); null, with a problem added, if there is no such shop.
    @Nullable String owner(Row row, String column, String shop);
}

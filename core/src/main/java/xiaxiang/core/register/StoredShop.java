package xiaxiang.core.register;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Shop;

/// A shop as the database holds it: what its row of shops.csv would say, and where it stands in the tree of places.
///
/// `divisionName` is blank where the reader cannot see the place; `distributor` is who supplies it, null if nobody is named; `seed` that of an invented shop; `closedAt` when it was
/// closed, null while open; `mergedInto` the shop it turned out to be; `importId` the import that brought it; `version` grows with each change.
public record StoredShop(Shop shop, String divisionName, String divisionNameEn, String path, @Nullable String distributor, @Nullable Long seed, @Nullable Instant closedAt, @Nullable String mergedInto,
                         @Nullable Long importId, int version) {}

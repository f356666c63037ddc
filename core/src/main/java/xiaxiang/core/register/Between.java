package xiaxiang.core.register;

import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Territory;

/// A range of paths that a list is about: `low` included, `high` not.
record Between(String low, String high) {
    /// The subtree of a path, or without one all of the territory. Everything for who sees shops by distributor or shop: theirs lie anywhere.
    static Between of(@Nullable String path, Territory territory) {
        if (path != null) return new Between(path, Territory.end(path));
        if (territory.shopLow() != null && territory.shopHigh() != null) return new Between(territory.shopLow(), territory.shopHigh());
        Territory all = Territory.everywhere();
        return new Between(all.placeLow(), all.placeHigh());
    }
}

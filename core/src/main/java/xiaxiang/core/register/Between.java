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

    /// Where a list of it goes on after a key: at its own beginning where the key lies before. An index is read from one lower bound on; given two, PostgreSQL may take the one that is no bound at all.
    ShopStore.Key after(ShopStore.Key key) {
        return key.path().compareTo(low) < 0 ? new ShopStore.Key(low, "") : key;
    }
}

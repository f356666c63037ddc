package xiaxiang.app.flow;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.db.Database;
import xiaxiang.core.db.Scope;
import xiaxiang.core.db.Territory;
import xiaxiang.core.register.Square;
import xiaxiang.core.register.TileStore;

/// Vector tiles of places, shops and boundaries: what a territory reaches, and no more.
///
/// Tiles are kept in memory (32 MiB, the least used go first) by territory, layer, square, the layer's revision and what the database lets one see: who sees the same shares them, and a change of the data makes
/// them stale in the transaction that makes it. Thread-safe.
public final class Tiles {
    /// Above this zoom a shop is a mark of its own; to it shops are added up in squares of a 32nd of the tile, some 1,000 at most where a tile of a city would hold tens of thousands.
    public static final int THINNED_TO = 9;
    /// The deepest zoom; beyond it a map draws these tiles larger.
    public static final int DEEPEST = 16;
    private static final long KEPT_BYTES = 32L << 20;
    private static final int OVERHEAD_BYTES = 300;
    /// Boundaries smaller than this part of a tile's side are left out: two of the 512 points it is drawn with.
    private static final double LEAST = 1 / 256.0;
    private static final double AROUND = 1 / 32.0;

    private final Database database;
    private final Cache<Key, Tile> kept = Caffeine.newBuilder().maximumWeight(KEPT_BYTES).weigher((Key _, Tile tile) -> tile.bytes.length + OVERHEAD_BYTES).build();

    private final Outlines outlines = new Outlines();

    private record Key(Territory territory, Layer layer, Square square, long revision, String seen) {}

    /// What is drawn.
    public enum Layer { PLACES, SHOPS, BOUNDARIES }

    /// A tile's bytes and their ETag.
    public static final class Tile {
        private final byte[] bytes;
        private final String etag;

        private Tile(byte[] bytes) {
            this.bytes = bytes;
            etag = '"' + HexFormat.of().formatHex(sha256(bytes), 0, 16) + '"';
        }

        /// A copy of the bytes; none for a tile that holds nothing.
        public byte[] bytes() {
            return bytes.clone();
        }

        /// The same for the same bytes.
        public String etag() {
            return etag;
        }
    }

    public Tiles(Database database) {
        this.database = database;
    }

    /// The tile of a layer that somebody sees in a square.
    public Tile tile(Scope scope, Territory territory, Layer layer, Square square) {
        return database.as(scope, handle -> {
            var key = new Key(territory, layer, square, TileStore.revision(handle, drawnFrom(layer)), Database.seen(handle));
            Tile there = kept.getIfPresent(key);
            if (there != null) return there;
            var made = new Tile(made(handle, key));
            kept.put(key, made);
            return made;
        });
    }

    /// The layers of the database whose changes change a layer of the map.
    private static String[] drawnFrom(Layer layer) {
        return switch (layer) {
            case PLACES -> new String[] {"places", "shops"};
            case SHOPS -> new String[] {"shops"};
            case BOUNDARIES -> new String[] {"boundaries", "places"};
        };
    }

    private byte[] made(Handle handle, Key key) {
        return switch (key.layer()) {
            case PLACES -> places(handle, key.territory(), key.square());
            case SHOPS -> key.square().zoom() <= THINNED_TO ? thinnedShops(handle, key.territory(), key.square()) : shops(handle, key.territory(), key.square());
            case BOUNDARIES -> boundaries(handle, key);
        };
    }

    private static byte[] places(Handle handle, Territory territory, Square square) {
        var layer = new TileLayer("places");
        for (TileStore.PlaceMark one : TileStore.places(handle, territory, square)) {
            Map<String, Object> all = attributes("code", one.code(), "name", one.name(), "name_en", one.nameEn(), "level", one.level(), "persons", one.persons(), "shops", one.shops(), "own", one.ownShops(),
                    "kind", one.kind(), "point_kind", one.pointKind());
            point(layer, square, one.lon(), one.lat(), all);
        }
        return layer.tile();
    }

    private static byte[] shops(Handle handle, Territory territory, Square square) {
        var layer = new TileLayer("shops");
        for (TileStore.ShopMark one : TileStore.shops(handle, territory, square)) {
            Map<String, Object> all = attributes("id", one.id(), "name", one.name(), "name_en", one.nameEn(), "owner", one.owner(), "format", one.format(), "brand", one.brands().isEmpty() ? "" : one.brands().getFirst(),
                    "brands", String.join("|", one.brands()), "kind", one.kind());
            point(layer, square, one.lon(), one.lat(), all);
        }
        return layer.tile();
    }

    private static byte[] thinnedShops(Handle handle, Territory territory, Square square) {
        var layer = new TileLayer("shops");
        for (TileStore.ShopSquare one : TileStore.thinnedShops(handle, territory, square)) {
            point(layer, square, one.lon(), one.lat(), attributes("n", one.n(), "own", one.own(), "partner", one.partner(), "rival", one.rival(), "observed", one.observed(), "synthetic", one.synthetic(),
                    "kind", one.kind()));
        }
        return layer.tile();
    }

    private byte[] boundaries(Handle handle, Key key) {
        Square square = key.square();
        var layer = new TileLayer("boundaries");
        var shapes = new TileShapes(square);
        List<TileStore.Bounded> seen = TileStore.bounded(handle, key.territory(), square.bounds(AROUND), square.degrees() * LEAST);
        Map<String, Outlines.Outline> all = outlines.of(handle, key.territory(), seen.stream().map(TileStore.Bounded::code).toList(), key.revision(), square.zoom());
        for (TileStore.Bounded one : seen) {
            Outlines.Outline outline = all.get(one.code());
            List<int[]> rings = outline == null ? List.of() : shapes.rings(outline);
            if (!rings.isEmpty()) layer.polygon(rings, attributes("code", one.code(), "name", one.name(), "name_en", one.nameEn(), "kind", one.kind()));
        }
        return layer.tile();
    }

    private static void point(TileLayer layer, Square square, double lon, double lat, Map<String, Object> attributes) {
        layer.point((int) Math.round(square.across(lon) * TileLayer.EXTENT), (int) Math.round(square.down(lat) * TileLayer.EXTENT), attributes);
    }

    /// Names and values by turns; what is null or blank is left out, as the specification has no word for it.
    private static Map<String, Object> attributes(@Nullable Object... namesAndValues) {
        var all = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null && !value.equals("")) all.put(String.valueOf(namesAndValues[i]), value);
        }
        return all;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

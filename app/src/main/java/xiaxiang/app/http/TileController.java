package xiaxiang.app.http;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.Locale;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import xiaxiang.app.flow.Tiles;
import xiaxiang.core.account.Right;
import xiaxiang.core.db.Database;
import xiaxiang.core.register.Square;

/// Vector tiles. Places and boundaries need the right to see places, shops that to see shops.
@RestController
@Tag(name = "tiles", description = "Vector tiles of the map (Mapbox Vector Tile 2.1) / 地图矢量瓦片")
final class TileController {
    private static final String TYPE = "application/vnd.mapbox-vector-tile";

    private final Tiles tiles;

    TileController(Database database) {
        tiles = new Tiles(database);
    }

    @GetMapping(path = "/api/v1/tiles/{layer:places|boundaries}/{z}/{x}/{y}.mvt", produces = TYPE)
    @Needs(Right.READ_PLACES)
    @Operation(summary = "Places (points) or boundaries in a tile: to zoom 6 places above the townships, from 7 townships, from 11 villages / 地点或边界瓦片")
    ResponseEntity<byte[]> places(Caller caller, @Parameter(example = "places") @PathVariable String layer, @Parameter(example = "9") @PathVariable int z, @Parameter(example = "415") @PathVariable int x,
            @Parameter(example = "204") @PathVariable int y) {
        return answer(caller, Tiles.Layer.valueOf(layer.toUpperCase(Locale.ROOT)), z, x, y);
    }

    @GetMapping(path = "/api/v1/tiles/shops/{z}/{x}/{y}.mvt", produces = TYPE)
    @Needs(Right.READ_SHOPS)
    @Operation(summary = "Shops in a tile: to zoom 9 added up in squares (n, own, partner, rival), above one by one / 门店瓦片")
    ResponseEntity<byte[]> shops(Caller caller, @Parameter(example = "12") @PathVariable int z, @Parameter(example = "3325") @PathVariable int x, @Parameter(example = "1633") @PathVariable int y) {
        return answer(caller, Tiles.Layer.SHOPS, z, x, y);
    }

    /// Asked for anew each time, answered with 304 while nothing changed: somebody else on the same browser may see something else.
    private ResponseEntity<byte[]> answer(Caller caller, Tiles.Layer layer, int z, int x, int y) {
        if (z < 0 || z > Tiles.DEEPEST || x < 0 || y < 0 || x >= 1 << z || y >= 1 << z) throw Refusal.notFound(String.join("/", Arrays.asList("" + z, "" + x, "" + y)));
        Tiles.Tile tile = tiles.tile(caller.scope(), caller.territory(), layer, new Square(z, x, y));
        return ResponseEntity.ok().eTag(tile.etag()).cacheControl(CacheControl.noCache().cachePrivate()).body(tile.bytes());
    }
}

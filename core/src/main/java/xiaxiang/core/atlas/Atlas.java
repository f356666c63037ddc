package xiaxiang.core.atlas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One snapshot of the facts, immutable: everything planning believes starts from here.
///
/// `levels` are the level names from the top down; demand points are the divisions of the last level in force.
/// `boundaries` is the GeoJSON text of `boundaries.geojson`, null where absent. Lists keep the order of their files.
public record Atlas(List<String> levels, List<Division> divisions, List<People> people, List<Brand> brands, List<Model> models, List<Shop> shops,
                    List<CandidateSite> sites, List<ChannelFact> channels, List<MarketFact> market, @Nullable String boundaries) {
    public Atlas {
        levels = List.copyOf(levels);
        divisions = List.copyOf(divisions);
        people = List.copyOf(people);
        brands = List.copyOf(brands);
        models = List.copyOf(models);
        shops = List.copyOf(shops);
        sites = List.copyOf(sites);
        channels = List.copyOf(channels);
        market = List.copyOf(market);
    }
}

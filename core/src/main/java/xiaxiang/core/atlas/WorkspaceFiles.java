package xiaxiang.core.atlas;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;

/// Reads the facts of a workspace folder; docs/formats.md names every file and column.
///
/// Mandatory: divisions, people, brands, models, market. May be absent: shops, sites, channels, boundaries.geojson.
/// Every file is judged by itself and against the others, and all problems are added at once.
public final class WorkspaceFiles {
    /// Names people write instead of ours: such a file would be passed over in silence.
    private static final Map<String, String> MISNAMED = Map.of("division", "divisions", "shop", "shops", "brand", "brands", "model", "models",
            "channel", "channels", "markets", "market", "site", "sites", "visit", "visits", "boundary", "boundaries", "answer", "answers");

    private WorkspaceFiles() {}

    /// The facts of a folder. If problems were added the atlas holds the good rows only: make no plan of it.
    public static Atlas read(Path folder, Problems problems) {
        misnamed(folder, problems);
        var divisions = new DivisionsFile();
        mandatory("divisions", divisions.read(folder, problems), divisions.isEmpty(), problems);
        var boundaries = new BoundariesFile(divisions, problems);
        String boundaryText = boundaries.read(folder);
        List<Division> divisionList = divisions.list();
        var region = new Region(divisions, boundaries.boxes());
        region.divisions(divisionList);
        var people = new PeopleFile(divisions);
        mandatory("people", people.read(folder, problems), people.list().isEmpty(), problems);
        var brands = new BrandsFile();
        mandatory("brands", brands.readBrands(folder, problems), brands.brands().isEmpty(), problems);
        mandatory("models", brands.readModels(folder, problems), brands.models().isEmpty(), problems);
        var figures = new FiguresFile();
        figures.readChannels(folder, problems);
        mandatory("market", figures.readMarket(folder, problems), figures.market().isEmpty(), problems);
        var shops = new ShopsFile(divisions, brands, region);
        shops.read(folder, problems);
        return new Atlas(divisions.levels(), divisionList, people.list(), brands.brands(), brands.models(), shops.shops(), shops.sites(),
                figures.channels(), figures.market(), boundaryText);
    }

    /// Brands, models and public figures of a folder only: an atlas without places.
    public static Atlas figures(Path folder, Problems problems) {
        var brands = new BrandsFile();
        mandatory("brands", brands.readBrands(folder, problems), brands.brands().isEmpty(), problems);
        mandatory("models", brands.readModels(folder, problems), brands.models().isEmpty(), problems);
        var figures = new FiguresFile();
        figures.readChannels(folder, problems);
        mandatory("market", figures.readMarket(folder, problems), figures.market().isEmpty(), problems);
        return new Atlas(List.of(), List.of(), List.of(), brands.brands(), brands.models(), List.of(), List.of(), figures.channels(), figures.market(), null);
    }

    private static void mandatory(String name, boolean there, boolean empty, Problems problems) {
        if (!there) problems.add(name + ".csv", Rule.MISSING_FILE, "");
        else if (empty && problems.list().stream().noneMatch(one -> one.file().startsWith(name + ".csv"))) problems.add(name + ".csv", Rule.NO_ROWS, "");
    }

    private static void misnamed(Path folder, Problems problems) {
        MISNAMED.forEach((wrong, right) -> {
            for (String end : List.of(".csv", ".csv.gz", ".geojson")) {
                if (Files.exists(folder.resolve(wrong + end))) problems.add(wrong + end, Rule.MISNAMED_FILE, right + end);
            }
        });
    }
}

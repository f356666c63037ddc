package xiaxiang.core.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.BoundariesFile;
import xiaxiang.core.atlas.Brand;
import xiaxiang.core.atlas.CandidateSite;
import xiaxiang.core.atlas.ChannelFact;
import xiaxiang.core.atlas.Division;
import xiaxiang.core.atlas.MarketFact;
import xiaxiang.core.atlas.Model;
import xiaxiang.core.atlas.People;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.atlas.WorkspaceFiles;
import xiaxiang.core.door.CsvTable;
import xiaxiang.engine.geo.LonLat;

/// Writes an atlas as the files of a workspace: what [WorkspaceFiles] reads of them equals the atlas.
public final class WorkspaceTables {
    private static final String DATUM = "WGS-84";

    private WorkspaceTables() {}

    /// Writes every table, and the boundaries where there are some, into a folder; throws FileAlreadyExistsException if one of them is there. A million rows take some ten seconds.
    public static void write(Atlas atlas, Path folder) throws IOException {
        divisions(atlas, folder);
        try (var people = table(AtlasTables.PEOPLE, folder)) {
            for (People p : atlas.people()) people.row(p.code(), p.year(), p.persons(), p.incomeIndex(), p.provenance().source(), p.provenance().kind());
        }
        try (var brands = table(AtlasTables.BRANDS, folder)) {
            for (Brand b : atlas.brands()) brands.row(b.id(), b.name(), b.nameEn(), b.colour(), b.onlineShare(), b.rest(), b.provenance().source(), b.provenance().kind());
        }
        try (var models = table(AtlasTables.MODELS, folder)) {
            for (Model m : atlas.models()) models.row(m.brand(), m.name(), m.band(), m.priceFen(), m.brandMarginFen(), m.dealerMarginFen(), m.provenance().source(), m.provenance().kind());
        }
        figures(atlas, folder);
        writeShops(atlas, folder);
        if (atlas.boundaries() != null) Files.writeString(folder.resolve(BoundariesFile.NAME), atlas.boundaries());
    }

    /// Writes shops.csv and sites.csv only.
    public static void writeShops(Atlas atlas, Path folder) throws IOException {
        try (var shops = table(AtlasTables.SHOPS, folder)) {
            for (Shop s : atlas.shops()) shops.row(s.id(), s.name(), s.nameEn(), s.division(), s.point().lon(), s.point().lat(), DATUM, s.owner(), s.format(), s.brands(), s.unitsMonth(),
                    s.dealerMarginFen(), s.promoters(), s.sign(), s.closingFen(), s.runningFenYear(), s.breakEvenUnitsYear(), s.provenance().source(), s.provenance().kind());
        }
        try (var sites = table(AtlasTables.SITES, folder)) {
            for (CandidateSite s : atlas.sites()) sites.row(s.id(), s.name(), s.nameEn(), s.division(), s.point().lon(), s.point().lat(), DATUM, s.action(), s.shop(), s.format(), s.promoters(),
                    s.sign(), s.modelsCarried(), s.fitOutFen(), s.runningFenYear(), s.dealerMarginFen(), s.breakEvenUnitsYear(), s.provenance().source(), s.provenance().kind());
        }
    }

    private static CsvTable table(FactTable table, Path folder) throws IOException {
        return new CsvTable(folder.resolve(table.file() + ".csv"), table.header());
    }

    private static void divisions(Atlas atlas, Path folder) throws IOException {
        try (var divisions = table(AtlasTables.DIVISIONS, folder)) {
            for (Division d : atlas.divisions()) {
                @Nullable LonLat point = d.point();
                divisions.row(d.code(), d.name(), d.nameEn(), d.level(), d.parent(), d.tier(), d.urbanRural(), point == null ? null : point.lon(), point == null ? null : point.lat(),
                        point == null ? null : DATUM, d.pointKind(), d.validFrom(), d.validTo(), d.successors(), d.provenance().source(), d.provenance().kind());
            }
        }
    }

    private static void figures(Atlas atlas, Path folder) throws IOException {
        try (var market = table(AtlasTables.MARKET, folder)) {
            for (MarketFact m : atlas.market()) market.row(m.place(), m.period(), m.table(), m.brand(), m.measure(), m.sharePct(), m.unitsMillion(), m.roundingPct(), m.listsTop(), m.note(),
                    m.provenance().source(), m.provenance().kind());
        }
        try (var channels = table(AtlasTables.CHANNELS, folder)) {
            for (ChannelFact c : atlas.channels()) channels.row(c.period(), c.place(), c.brand(), c.measure(), c.value(), c.unit(), c.note(), c.provenance().source(), c.provenance().kind());
        }
    }
}

package xiaxiang.app.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The report's one input, field by field as web/src/report/types.ts states it. Enumerations are lower case; units are phones a year, money is fen.
record ReportModel(String schema, Place place, String brand, List<Brand> brands, String period, String currency, Name measure, Answer answer, List<Town> towns,
                   Points points, boolean pointsDrawn, Shops shops, @Nullable JsonNode boundaries, List<Site> sites, List<Wave> waves, List<Quarter> schedule,
                   List<Budget> frontier, List<Cell> share, Draws draws, List<Ranks> ranks, List<Coef> coefficients, List<Heard> heard, List<Sourced> provenance,
                   List<Name> notes, Made made) {
    record Name(String zh, String en) {}
    record Range(double value, @Nullable Double low, @Nullable Double high, double level) {}
    record Place(String code, Name name) {}
    record Brand(String id, Name name, String colour, boolean rest) {}
    record Answer(String status, Range netUnits, double shareBefore, Range shareAfter, long costFen, long budgetFen, long runningFen, long runningCapFen, double lower,
                  double upper, double gap, double viabilityLoss, double grossUnits, double fromOthers, double cannibalisedOnline, double cannibalisedShops,
                  double scheduleUnits, double onlineCeiling) {}
    record Town(String code, Name name, String tier, double lon, double lat, String pointKind, long persons, String personsKind, int villages, double demandUnits, int shops,
                int chosen, double shareBefore, double shareAfter) {}
    record Points(List<Double> lon, List<Double> lat, List<Double> units, String kind) {}
    record Shops(List<Double> lon, List<Double> lat, List<Integer> brand, List<Integer> owner, List<String> town, List<Integer> kind) {}
    record FromBrand(String brand, double units) {}
    record FromChannel(String channel, double units) {}
    record Site(String id, Name name, String town, double lon, double lat, String kind, String action, int wave, String format, double units, double netUnits,
                List<FromBrand> fromBrands, List<FromChannel> fromChannels, double cannibalisedOnline, double cannibalisedShops, long costFen, long runningFen,
                double dealerMarginFenMonth, @Nullable Double paybackMonths, double breakEvenUnits, int stays) {}
    record Wave(int wave, Name label, int sites, long costFen, long availableFen, double netUnits) {}
    record Quarter(int quarter, String label, double units) {}
    record Budget(long budgetFen, double netUnits) {}
    record Cell(String tier, String channel, String brand, double before, double after) {}
    record Draws(int count, List<Double> netUnits) {}
    record RankQuarter(String period, boolean present, @Nullable Double sharePct, @Nullable Double lowPct, @Nullable Double highPct, @Nullable Integer rankLow,
                       @Nullable Integer rankHigh, @Nullable Double topFive, boolean hidden, @Nullable Integer listsTop, String source) {}
    record Ranks(Name place, String table, Name measure, List<RankQuarter> quarters) {}
    record Coef(String name, Name label, double value, double spread, String unit, String source, String kind) {}
    record Heard(String town, String date, String who, Name quote, Name need, String brand, @Nullable Long rivalMarginFen, @Nullable Long priceFen,
                 @Nullable Integer unitsMonth, String kind, String source) {}
    record Sourced(Name what, long rows, long observed, long modelled, long synthetic, long sketch, List<String> sources) {}
    record Made(String version, String command, long seed, String inputs, String problem) {}
}

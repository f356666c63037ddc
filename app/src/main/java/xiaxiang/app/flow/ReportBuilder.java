package xiaxiang.app.flow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xiaxiang.core.atlas.Atlas;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.atlas.Kind;
import xiaxiang.core.atlas.Provenance;
import xiaxiang.core.atlas.Shop;
import xiaxiang.core.demand.Coefficient;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.field.Visit;
import xiaxiang.core.rollout.Option;
import xiaxiang.core.rollout.PlannedSite;
import xiaxiang.core.rollout.RolloutPlan;
import xiaxiang.core.rollout.Scenario;
import xiaxiang.core.rollout.Trust;
import xiaxiang.core.rollout.Why;
import xiaxiang.core.share.RankTable;
import xiaxiang.core.share.ShareTable;

/// Turns a planned roll-out into the report's input.
final class ReportBuilder {
    /// Above this many points a map shows townships only.
    private static final int POINTS_DRAWN = 5_000;
    private static final int SOURCES_SHOWN = 6;
    private static final int SOURCE_CHARS = 160;
    private static final String[] CHANNELS = {"online", "city", "county_town", "township"};

    private final PlanRollout rollout;
    private final RolloutPlan plan;
    private final Demand demand;
    private final Scenario scenario;
    private final Atlas atlas;
    private final ReportTowns towns;

    private ReportBuilder(PlanRollout rollout) {
        this.rollout = rollout;
        plan = rollout.plan();
        demand = plan.demand();
        scenario = plan.scenario();
        atlas = rollout.facts().atlas();
        towns = new ReportTowns(atlas, plan);
    }

    static ReportModel of(PlanRollout rollout, ReportModel.Made made) {
        return new ReportBuilder(rollout).build(made);
    }

    private ReportModel build(ReportModel.Made made) {
        boolean drawn = demand.points().size() <= POINTS_DRAWN;
        return new ReportModel("xiaxiang.report.1", new ReportModel.Place(scenario.place(), ReportText.name(scenario.nameZh(), scenario.nameEn())), scenario.demand().brand(), brands(),
                scenario.demand().period(), scenario.currency(), new ReportModel.Name("实销（由公开出货份额推算）", "sell-out, modelled from public shipment shares"), answer(), towns.list(),
                points(drawn), drawn, shops(), boundaries(), sites(), waves(), schedule(),
                plan.frontier().stream().map(p -> new ReportModel.Budget(p.budgetFen(), ReportText.round(p.netUnits(), 1))).toList(), share(),
                new ReportModel.Draws(rollout.trust().count(), rollout.trust().netUnits().stream().map(x -> ReportText.round(x, 1)).toList()), ranks(), coefficients(), heard(), provenance(),
                notes(), made);
    }

    private List<ReportModel.Brand> brands() {
        return demand.brands().stream().map(b -> new ReportModel.Brand(b.id(), ReportText.name(b.name(), b.nameEn()), b.colour(), b.rest())).toList();
    }

    private ReportModel.Answer answer() {
        double gross = 0;
        double online = 0;
        for (PlannedSite s : plan.sites()) {
            if (s.action() == Option.Action.KEEP) continue;
            gross += s.why().units();
        }
        // Sites share what they take from each other, so the whole is valued at once and not as a sum of sites.
        boolean[] open = plan.open();
        boolean[] today = plan.problem().openToday();
        double net = plan.lower();
        for (int i = 0; i < demand.points().size(); i++) online += plan.problem().weight(i) * (onlinePart(i, today) - onlinePart(i, open));
        ShareTable share = rollout.share();
        double schedule = plan.scheduleUnits().stream().mapToDouble(Double::doubleValue).sum();
        return new ReportModel.Answer(plan.proven() ? "optimal" : "feasible", range(net, rollout.trust().netInterval()), share.shareBefore(), range(share.shareAfter(), rollout.trust().shareInterval()),
                plan.costFen(), scenario.budgetFen(), plan.runningFenYear(), scenario.runningCapFen(), plan.lower(), plan.upper(), plan.gap(), plan.viabilityLoss(), gross, net, online,
                gross - net - online, schedule, share.onlineCeiling());
    }

    private double onlinePart(int i, boolean[] open) {
        double[] ratios = plan.ourRatios(i, open);
        double s = 0;
        for (double r : ratios) s += r;
        return s > 0 ? plan.problem().kernel().value(s) * ratios[0] / s : 0;
    }

    private static ReportModel.Range range(double value, Trust.Interval interval) {
        boolean known = Double.isFinite(interval.low());
        return new ReportModel.Range(value, known ? interval.low() : null, known ? interval.high() : null, interval.level());
    }

    private ReportModel.Points points(boolean drawn) {
        List<DemandPoint> points = drawn ? demand.points() : List.of();
        List<Double> units = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) units.add(ReportText.round(plan.problem().weight(i), 1));
        return new ReportModel.Points(points.stream().map(p -> ReportText.round(p.point().lon(), 5)).toList(), points.stream().map(p -> ReportText.round(p.point().lat(), 5)).toList(), units,
                ReportText.lower(points.stream().allMatch(p -> p.pointKind() == Kind.OBSERVED) ? Kind.OBSERVED : Kind.MODELLED));
    }

    private ReportModel.Shops shops() {
        List<Shop> shops = atlas.shops();
        Map<String, Integer> index = new LinkedHashMap<>();
        for (int b = 0; b < demand.brands().size(); b++) index.put(demand.brands().get(b).id(), b);
        return new ReportModel.Shops(shops.stream().map(s -> ReportText.round(s.point().lon(), 5)).toList(), shops.stream().map(s -> ReportText.round(s.point().lat(), 5)).toList(),
                shops.stream().map(s -> s.brands().isEmpty() ? 0 : index.getOrDefault(s.brands().getFirst(), 0)).toList(), shops.stream().map(s -> ownerIndex(s.owner())).toList(),
                shops.stream().map(s -> towns.of(s.division())).toList(), shops.stream().map(s -> kindIndex(s.provenance().kind())).toList());
    }

    private static int ownerIndex(Shop.Owner owner) {
        return switch (owner) {
            case OWN -> 0;
            case PARTNER -> 1;
            case RIVAL -> 2;
        };
    }

    private static int kindIndex(Kind kind) {
        return switch (kind) {
            case OBSERVED -> 0;
            case MODELLED -> 1;
            case SYNTHETIC -> 2;
            case SKETCH -> 3;
        };
    }

    private @Nullable JsonNode boundaries() {
        String text = atlas.boundaries();
        return text == null ? null : JsonMapper.shared().readTree(text);
    }

    private List<ReportModel.Site> sites() {
        return plan.sites().stream().map(this::site).toList();
    }

    private ReportModel.Site site(PlannedSite s) {
        Option o = s.option();
        Why why = s.why();
        List<ReportModel.FromBrand> brands = new ArrayList<>();
        for (int b = 0; b < demand.brands().size(); b++) if (b != demand.ours()) brands.add(new ReportModel.FromBrand(demand.brands().get(b).id(), ReportText.round(why.fromBrand(b), 2)));
        List<ReportModel.FromChannel> channels = new ArrayList<>();
        for (int c = 0; c < CHANNELS.length; c++) channels.add(new ReportModel.FromChannel(CHANNELS[c], ReportText.round(why.fromChannel(c), 2)));
        channels.add(new ReportModel.FromChannel("nothing", ReportText.round(why.fromNothing(), 2)));
        return new ReportModel.Site(o.id(), ReportText.name(o.nameZh(), o.nameEn()), towns.of(o.division()), ReportText.round(o.point().lon(), 5), ReportText.round(o.point().lat(), 5),
                ReportText.lower(o.kind()), ReportText.lower(s.action()), s.wave(), ReportText.lower(o.format()), ReportText.round(why.units(), 2), ReportText.round(why.net(), 2), brands, channels,
                ReportText.round(why.fromOurOnline(), 2), ReportText.round(why.fromOurShops(), 2), s.costFen(), s.runningFenYear(), ReportText.round(why.units() * o.dealerMarginFen() / 12, 0),
                s.paybackMonths() == null ? null : ReportText.round(s.paybackMonths(), 1), o.breakEvenUnitsYear(), stays(s));
    }

    /// A shop that is closed stays closed in the draws that choose none of its options.
    private int stays(PlannedSite s) {
        int chosen = rollout.trust().stays().getOrDefault(s.option().id(), 0);
        if (s.action() != Option.Action.CLOSE) return chosen;
        int open = 0;
        for (Option o : plan.options()) if (o.group() == s.option().group()) open += rollout.trust().stays().getOrDefault(o.id(), 0);
        return rollout.trust().count() - open;
    }

    private List<ReportModel.Wave> waves() {
        List<ReportModel.Wave> out = new ArrayList<>();
        long available = 0;
        long spent = 0;
        double before = 0;
        for (int w = 1; w <= scenario.waves().size(); w++) {
            int wave = w;
            List<PlannedSite> sites = plan.sites().stream().filter(s -> s.wave() == wave).toList();
            available = w == scenario.waves().size() ? scenario.budgetFen() : Math.min(scenario.budgetFen(), available + scenario.waves().get(w - 1).budgetFen());
            long cost = sites.stream().mapToLong(PlannedSite::costFen).sum();
            double after = 4 * plan.scheduleUnits().get(w - 1);
            String label = scenario.waves().get(w - 1).label();
            out.add(new ReportModel.Wave(w, new ReportModel.Name(label, label), sites.size(), cost, available - spent, ReportText.round(after - before, 1)));
            spent += cost;
            before = after;
        }
        return out;
    }

    private List<ReportModel.Quarter> schedule() {
        List<ReportModel.Quarter> out = new ArrayList<>();
        for (int k = 0; k < plan.scheduleUnits().size(); k++) {
            String label = k < scenario.waves().size() ? scenario.waves().get(k).label() : "+" + (k + 1);
            out.add(new ReportModel.Quarter(k + 1, label, ReportText.round(plan.scheduleUnits().get(k), 1)));
        }
        return out;
    }

    /// Shares of the brands within each tier and channel, which sum to 1.
    private List<ReportModel.Cell> share() {
        List<ShareTable.Cell> cells = rollout.share().cells();
        return cells.stream().map(c -> {
            double before = cells.stream().filter(o -> o.tier() == c.tier() && o.channel() == c.channel()).mapToDouble(ShareTable.Cell::before).sum();
            double after = cells.stream().filter(o -> o.tier() == c.tier() && o.channel() == c.channel()).mapToDouble(ShareTable.Cell::after).sum();
            return new ReportModel.Cell(ReportText.lower(c.tier()), CHANNELS[c.channel()], demand.brands().get(c.brand()).id(), part(c.before(), before), part(c.after(), after));
        }).toList();
    }

    private static double part(double units, double all) {
        return all > 0 ? ReportText.round(units / all, 5) : 0;
    }

    private List<ReportModel.Ranks> ranks() {
        return rollout.ranks().stream().map(t -> new ReportModel.Ranks(placeName(t.place()), t.table(), measureName(t.measure()), t.quarters().stream().map(ReportBuilder::quarter).toList())).toList();
    }

    private static ReportModel.RankQuarter quarter(RankTable.Quarter q) {
        return new ReportModel.RankQuarter(q.period(), q.present(), q.sharePct(), q.lowPct(), q.highPct(), q.rankLow(), q.rankHigh(), q.topFive(), q.hidden(), q.listsTop(), q.source());
    }

    /// Names of the places of public tables as people say them; a code without a name stands for itself.
    private static ReportModel.Name placeName(String place) {
        return switch (place) {
            case "CN" -> new ReportModel.Name("中国", "China");
            case "WORLD" -> new ReportModel.Name("全球", "World");
            default -> new ReportModel.Name(place, place);
        };
    }

    /// What a public table counts, in the words of the glossary.
    private static ReportModel.Name measureName(String measure) {
        return switch (measure) {
            case "shipment" -> new ReportModel.Name("出货", "shipments");
            case "sell-in" -> new ReportModel.Name("进货", "sell-in");
            case "sell-out" -> new ReportModel.Name("实销", "sell-out");
            case "activation" -> new ReportModel.Name("激活", "activations");
            default -> new ReportModel.Name(measure, measure);
        };
    }

    private List<ReportModel.Coef> coefficients() {
        return demand.coefficients().all().stream().map(ReportBuilder::coefficient).toList();
    }

    private static ReportModel.Coef coefficient(Coefficient c) {
        return new ReportModel.Coef(ReportText.lower(c.term()), new ReportModel.Name(c.zh(), c.en()), c.value(), c.spread(), c.unit(), c.provenance().source(), ReportText.lower(c.provenance().kind()));
    }

    private List<ReportModel.Heard> heard() {
        return rollout.facts().visits().stream().map(this::heard).toList();
    }

    private ReportModel.Heard heard(Visit v) {
        return new ReportModel.Heard(towns.of(v.division()), v.date().toString(), ReportText.lower(v.who()), ReportText.name(v.quote(), v.quoteEn()), ReportText.name(v.need(), v.needEn()),
                v.brand(), v.rivalMarginFen(), v.priceFen(), v.unitsMonth(), ReportText.lower(v.provenance().kind()), v.provenance().source());
    }

    private List<ReportModel.Sourced> provenance() {
        List<ReportModel.Sourced> out = new ArrayList<>();
        out.add(sourced("行政区划", "Divisions", atlas.divisions(), d -> d.provenance()));
        out.add(sourced("人口", "People", atlas.people(), p -> p.provenance()));
        out.add(sourced("需求点位置", "Positions of demand points", demand.points(), p -> new Provenance("divisions.csv", p.pointKind())));
        out.add(sourced("门店", "Shops", atlas.shops(), s -> s.provenance()));
        out.add(sourced("候选点", "Candidate sites", atlas.sites(), s -> s.provenance()));
        out.add(sourced("品牌", "Brands", atlas.brands(), b -> b.provenance()));
        out.add(sourced("机型价位", "Models and price bands", atlas.models(), m -> m.provenance()));
        out.add(sourced("渠道数据", "Channel figures", atlas.channels(), c -> c.provenance()));
        out.add(sourced("公开份额", "Public shares", atlas.market(), m -> m.provenance()));
        out.add(sourced("系数", "Coefficients", demand.coefficients().all(), Coefficient::provenance));
        out.add(sourced("走访记录", "Visits", rollout.facts().visits(), Visit::provenance));
        return out;
    }

    private static <T> ReportModel.Sourced sourced(String zh, String en, List<T> rows, Function<T, Provenance> of) {
        Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
        Set<String> sources = new LinkedHashSet<>();
        for (T row : rows) {
            Provenance p = of.apply(row);
            kinds.merge(p.kind(), 1L, Long::sum);
            sources.add(shown(p.source()));
        }
        List<String> first = new ArrayList<>(sources.stream().limit(SOURCES_SHOWN).toList());
        if (sources.size() > SOURCES_SHOWN) first.add("+ " + (sources.size() - SOURCES_SHOWN) + " …");
        return new ReportModel.Sourced(new ReportModel.Name(zh, en), rows.size(), kinds.getOrDefault(Kind.OBSERVED, 0L), kinds.getOrDefault(Kind.MODELLED, 0L), kinds.getOrDefault(Kind.SYNTHETIC, 0L),
                kinds.getOrDefault(Kind.SKETCH, 0L), first);
    }

    /// The beginning of a source: the whole stands in its row.
    private static String shown(String source) {
        return source.length() <= SOURCE_CHARS ? source : source.substring(0, SOURCE_CHARS) + "…";
    }

    private List<ReportModel.Name> notes() {
        List<ReportModel.Name> out = new ArrayList<>();
        out.add(believed());
        out.add(new ReportModel.Name("公开份额是全国数，按其求解本地品牌常数；本地真实份额可能不同。",
                "The public shares are the country's; brand constants are solved so that the region meets them. The region's own shares may differ."));
        out.add(new ReportModel.Name("被并入“其他”的品牌没有确切名次；概率按舍入、来源差异与可能的最大份额计算。出处列出前几名而没有它的，它就在其后。",
                "A brand hidden in \"Others\" has no exact rank; its probability counts rounding, the spread between sources and the largest share it may have. Where a source lists the largest brands without it, it ranks below them."));
        if (atlas.shops().stream().anyMatch(s -> s.provenance().kind() == Kind.SYNTHETIC))
            out.add(new ReportModel.Name("门店与候选点由种子合成，只在总体上可信，不指真实商户。", "Shops and candidate sites are synthetic, made from a seed: true only on average, and no real business."));
        return out;
    }

    /// How far the coefficients are facts.
    private ReportModel.Name believed() {
        List<Coefficient> all = demand.coefficients().all();
        List<Coefficient> fitted = all.stream().filter(c -> demand.coefficients().joint().contains(c.term())).toList();
        if (fitted.isEmpty())
            return new ReportModel.Name("系数尚未用调研与实销拟合，均为注明出处的假设；区间只反映这些假设与门店种子的不确定。",
                    "Coefficients are documented assumptions, not yet fitted to surveys and sell-out; the intervals show only what these assumptions and the shop seed leave open.");
        boolean synthetic = fitted.stream().anyMatch(c -> c.provenance().kind() == Kind.SYNTHETIC);
        return new ReportModel.Name(all.size() + " 个系数中有 " + fitted.size() + " 个由访谈与实销拟合" + (synthetic ? "（合成数据，仅供试用，不是事实）" : "") + "，其余为注明出处的假设；区间含拟合误差及其相关。",
                fitted.size() + " of " + all.size() + " coefficients were fitted to answers and sell-out" + (synthetic ? " (synthetic, to try the fit: no facts)" : "")
                        + ", the others are documented assumptions; the intervals count the errors of the fit and their correlation.");
    }
}

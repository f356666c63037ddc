package xiaxiang.core.rollout;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.atlas.DemandPoint;
import xiaxiang.core.demand.Demand;
import xiaxiang.core.demand.Term;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;
import xiaxiang.engine.geo.NearGrid;

/// Demand and options as the capture engine sees them. Resource 0 is the budget in fen, resource 1 the yearly running cost in fen.
final class PlanProblem {
    static final int BUDGET = 0;
    static final int RUNNING = 1;
    private static final int BLOCK = 512;

    private PlanProblem() {}

    static CaptureProblem of(Demand demand, Options options, Scenario scenario) {
        int n = demand.points().size();
        double[] weight = new double[n];
        double[] stays = new double[n];
        IntStream.range(0, n).parallel().forEach(i -> {
            weight[i] = demand.weight(i);
            stays[i] = demand.onlineRatio(i);
            for (double r : demand.shopRatios(i, Options::closable)) stays[i] += r;
        });
        return CaptureProblem.of(new Kernel.Nested(demand.coefficients().of(Term.NEST)), rows(demand, options, weight, stays), sites(options, scenario));
    }

    /// The brand's share of all phones bought, in [0, 1], with the given sites open.
    static double share(Demand demand, CaptureProblem problem, boolean[] open) {
        double ours = 0;
        double bought = 0;
        for (int i = 0; i < problem.points(); i++) {
            double s = problem.stays(i);
            for (int at = problem.rowStart(i); at < problem.rowStart(i + 1); at++) if (open[problem.siteAt(at)]) s += problem.ratioAt(at);
            double part = problem.kernel().value(s);
            ours += problem.weight(i) * part;
            bought += problem.weight(i) * (1 - (1 - part) / demand.others(i));
        }
        return bought > 0 ? ours / bought : 0;
    }

    private static CaptureProblem.Rows rows(Demand demand, Options options, double[] weight, double[] stays) {
        int n = weight.length;
        List<Option> list = options.list;
        NearGrid grid = NearGrid.of(list.stream().mapToDouble(o -> o.point().lon()).toArray(), list.stream().mapToDouble(o -> o.point().lat()).toArray());
        int[][] sites = new int[n][];
        float[][] ratios = new float[n][];
        IntStream.range(0, (n + BLOCK - 1) / BLOCK).parallel().forEach(k -> {
            RowBuffer buffer = new RowBuffer();
            for (int i = k * BLOCK, end = Math.min(n, i + BLOCK); i < end; i++) {
                DemandPoint p = demand.points().get(i);
                double ratio = demand.ourRatio(i);
                buffer.used = 0;
                grid.within(p.point().lon(), p.point().lat(), demand.reachMeters(i), (j, meters) -> buffer.add(j, (float) (ratio * list.get(j).attraction() * demand.nearness(meters))));
                sites[i] = Arrays.copyOf(buffer.site, buffer.used);
                ratios[i] = Arrays.copyOf(buffer.ratio, buffer.used);
            }
        });
        return joined(weight, stays, sites, ratios);
    }

    private static CaptureProblem.Rows joined(double[] weight, double[] stays, int[][] sites, float[][] ratios) {
        int[] start = new int[weight.length + 1];
        for (int i = 0; i < weight.length; i++) start[i + 1] = Math.addExact(start[i], sites[i].length);
        int[] site = new int[start[weight.length]];
        float[] ratio = new float[site.length];
        for (int i = 0; i < weight.length; i++) {
            System.arraycopy(sites[i], 0, site, start[i], sites[i].length);
            System.arraycopy(ratios[i], 0, ratio, start[i], ratios[i].length);
        }
        return new CaptureProblem.Rows(weight, stays, start, site, ratio);
    }

    private static CaptureProblem.Sites sites(Options options, Scenario scenario) {
        int m = options.size();
        double[][] use = new double[2][m];
        double[][] none = new double[2][options.closable.size()];
        int[] group = new int[m];
        boolean[] required = new boolean[m];
        boolean[] forbidden = new boolean[m];
        boolean[] today = new boolean[m];
        for (int j = 0; j < m; j++) {
            Option o = options.get(j);
            use[BUDGET][j] = o.costFen();
            use[RUNNING][j] = o.runningFenYear();
            group[j] = o.group();
            today[j] = o.action() == Option.Action.KEEP;
        }
        for (int g = 0; g < none[BUDGET].length; g++) none[BUDGET][g] = closingFen(options.closable.get(g).closingFen());
        scenario.require().forEach(id -> mark(options, id, required));
        scenario.forbid().forEach(id -> mark(options, id, forbidden));
        return new CaptureProblem.Sites(m, use, new double[] {scenario.budgetFen(), scenario.runningCapFen()}, group, none, required, forbidden, today);
    }

    private static double closingFen(@Nullable Long fen) {
        return fen == null ? 0 : fen;
    }

    private static void mark(Options options, String id, boolean[] marks) {
        Integer j = options.indexOf(id);
        if (j == null) throw new IllegalArgumentException("The scenario locks (" + id + "), which is no site or own shop here. Look up the ids in plan.csv, sites.csv or shops.csv.");
        marks[j] = true;
    }

    /// One row being gathered.
    private static final class RowBuffer {
        int[] site = new int[64];
        float[] ratio = new float[64];
        int used;

        void add(int j, float r) {
            if (!(r > 0)) return;
            if (used == site.length) {
                site = Arrays.copyOf(site, 2 * used);
                ratio = Arrays.copyOf(ratio, 2 * used);
            }
            site[used] = j;
            ratio[used++] = r;
        }
    }
}

package xiaxiang.core.rollout;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xiaxiang.core.door.Problem;
import xiaxiang.core.door.Problems;
import xiaxiang.core.door.Rule;
import xiaxiang.core.door.Word;
import xiaxiang.core.door.WordFile;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.capture.Kernel;
import xiaxiang.engine.geo.Distance;
import xiaxiang.engine.geo.NearGrid;

/// A maximal covering problem in the manner of TSPLIB: "KEY : VALUE" lines, NODE_COORD_SECTION with a latitude and a longitude a line, DEMAND_SECTION with
/// a demand a line. Every node is both a demand point and a site. A node number may lead each line of a section; its nodes may then stand in any order.
///
/// A site covers itself and every point at most `radiusMeters` away, `6,378,100 m x acos(cos a cos b cos dlon + sin a sin b)`. Source of the distance and of
/// the census problems: AILS-MCLP. Cost of reading: [NearGrid]'s for each node, and the pairs found.
public final class MclpFile {
    /// The sphere of the published problems, in metres.
    private static final double RADIUS_METERS = 6_378_100;
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_NODES = 500_000;
    private static final int MOST_PAIRS = 20_000_000;
    private static final double MOST_DEMAND = 1e15;
    /// Near no and near half a turn the arc cosine is good to 0.1 m only: the grid looks farther by more.
    private static final double SLACK_METERS = 1;
    /// No line that matters has more words.
    private static final int LINE_WORDS = 4;

    private static final List<String> NAMES = List.of("NAME", "COMMENT", "TYPE", "EDGE_WEIGHT_TYPE", "DIMENSION", "NODE_COORD_SECTION", "DEMAND_SECTION", "EOF");

    private final Problems problems;
    private final NodeSection coordinates = new NodeSection("NODE_COORD_SECTION", MOST_NODES, new double[] {-90, 90}, new double[] {-180, 180});
    private final NodeSection demand = new NodeSection("DEMAND_SECTION", MOST_NODES, new double[] {0, MOST_DEMAND});
    private int dimension = -1;
    private long dimensionRow;
    /// The section that lines of numbers belong to, or null.
    private @Nullable NodeSection section;
    /// Whether a section is being passed over, its name having been complained of.
    private boolean passing;

    private MclpFile(Problems problems) {
        this.problems = problems;
    }

    /// The problem of a file where at most `open` sites may be opened, or null with everything that is wrong added to `problems`.
    /// Throws IllegalArgumentException if the radius is not positive and finite, or `open` is below 0.
    public static @Nullable CaptureProblem read(Path file, double radiusMeters, int open, Problems problems) {
        if (!(radiusMeters > 0 && radiusMeters < Double.POSITIVE_INFINITY)) throw new IllegalArgumentException("The radiusMeters (" + radiusMeters + ") must be above 0 and finite.");
        SiteLimit.check(open);
        long before = problems.count();
        MclpFile content = new MclpFile(problems);
        if (!WordFile.read(file, MOST_BYTES, problems, content::lines)) return null;
        if (content.dimension > 0) SiteLimit.check(file, open, content.dimension, problems);
        return problems.count() > before ? null : content.problem(file, radiusMeters, open);
    }

    private void lines(WordFile file) {
        for (List<Word> line = file.line(LINE_WORDS); !line.isEmpty(); line = file.line(LINE_WORDS)) {
            if (line.getFirst().text().equals("EOF")) break;
            line(line);
        }
        if (dimensionRow == 0) problems.add(new Problem(file.name(), 0, "DIMENSION", "", Rule.MISSING_PART, "DIMENSION : 3839"));
        coordinates.complete(file.name(), dimension, problems);
        demand.complete(file.name(), dimension, problems);
    }

    private void line(List<Word> line) {
        Word first = line.getFirst();
        String name = name(first.text());
        boolean known = NAMES.contains(name);
        if (known || name.length() < first.text().length() || name.endsWith("_SECTION")) header(name, known, line);
        else if (section != null) section.add(line);
        else if (!passing) first.problem(Rule.UNKNOWN_PART, String.join(" ", NAMES));
    }

    /// What stands before a colon, or the whole word.
    private static String name(String word) {
        int colon = word.indexOf(':');
        return colon > 0 ? word.substring(0, colon) : word;
    }

    private void header(String name, boolean known, List<Word> line) {
        Word first = line.getFirst();
        section = null;
        passing = !known && name.endsWith("_SECTION");
        if (!known) first.problem(Rule.UNKNOWN_PART, String.join(" ", NAMES));
        switch (name) {
            case "NODE_COORD_SECTION" -> begin(coordinates, first);
            case "DEMAND_SECTION" -> begin(demand, first);
            case "TYPE" -> value(line).choice("MCLP");
            case "EDGE_WEIGHT_TYPE" -> value(line).choice("COORD");
            case "DIMENSION" -> dimension(line);
            default -> { /* NAME and COMMENT say nothing to a program. */ }
        }
    }

    private void begin(NodeSection next, Word name) {
        next.begin(name);
        section = next;
    }

    private void dimension(List<Word> line) {
        if (dimensionRow > 0) line.getFirst().problem(Rule.DUPLICATE_KEY, Long.toString(dimensionRow));
        dimensionRow = line.getFirst().row();
        dimension = value(line).whole(1, MOST_NODES);
    }

    /// The value of a line "KEY : VALUE" or "KEY: VALUE"; the last word there is, if it has none.
    private static Word value(List<Word> line) {
        int at = line.size() > 1 && line.get(1).text().equals(":") ? 2 : 1;
        return line.get(Math.min(at, line.size() - 1));
    }

    private @Nullable CaptureProblem problem(Path file, double radiusMeters, int open) {
        double[] lat = coordinates.column(0);
        double[] lon = coordinates.column(1);
        NearGrid grid = NearGrid.of(lon, lat);
        double looked = Math.min(Math.PI, radiusMeters / RADIUS_METERS) * Distance.RADIUS_METERS + SLACK_METERS;
        Pairs pairs = new Pairs();
        int[] start = new int[dimension + 1];
        for (int i = 0; i < dimension && pairs.used <= MOST_PAIRS; i++) {
            int point = i;
            grid.within(lon[i], lat[i], looked, (j, _) -> {
                if (j == point || meters(lat[point], lon[point], lat[j], lon[j]) <= radiusMeters) pairs.add(j);
            });
            start[i + 1] = pairs.used;
        }
        if (pairs.used > MOST_PAIRS) {
            problems.add(String.valueOf(file.getFileName()), Rule.PROBLEM_TOO_BIG, "> " + MOST_PAIRS);
            return null;
        }
        float[] ratio = new float[pairs.used];
        Arrays.fill(ratio, 1);
        var rows = new CaptureProblem.Rows(demand.column(0), new double[dimension], start, Arrays.copyOf(pairs.site, pairs.used), ratio);
        return CaptureProblem.of(new Kernel.Covering(), rows, SiteLimit.sites(dimension, open));
    }

    /// The published problems' distance between points in degrees, in metres.
    private static double meters(double latA, double lonA, double latB, double lonB) {
        double a = Math.toRadians(latA);
        double b = Math.toRadians(latB);
        double cosine = Math.cos(a) * Math.cos(b) * Math.cos(Math.toRadians(lonA) - Math.toRadians(lonB)) + Math.sin(a) * Math.sin(b);
        return RADIUS_METERS * Math.acos(Math.clamp(cosine, -1, 1));
    }

    /// The sites of all rows, one after another; those beyond the limit are dropped.
    private static final class Pairs {
        int[] site = new int[1 << 16];
        int used;

        void add(int j) {
            if (used > MOST_PAIRS) return;
            if (used == site.length) site = Arrays.copyOf(site, 2 * used);
            site[used++] = j;
        }
    }
}

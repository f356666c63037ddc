package xiaxiang.core.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import xiaxiang.engine.geo.LonLat;

/// The people of an atlas as [DemandPoint]s, shared out from the top down so that every total above is kept to the person.
///
/// A division's figure is its own (the latest year), else the sum of those below if all of them have one. Within a known total an
/// observed figure below stands; the rest is shared out (largest remainder) by the modelled figures or, where there are none, by
/// urban-rural class ([UrbanClass], an assumption). If observed figures contradict the total above them, the total wins and they are
/// scaled to it, marked modelled. Income is that of the nearest division with a figure, 1 if there is none.
public final class DemandPoints {
    /// Persons of a division and what the figure is worth.
    private record Figure(long persons, Kind kind) {}

    private final DivisionTree tree;
    private final Map<String, People> people = new HashMap<>();
    private final Map<String, Figure> figures = new HashMap<>();
    private final Map<String, Double> weights = new HashMap<>();
    private final List<DemandPoint> found = new ArrayList<>();

    private DemandPoints(Atlas atlas, DivisionTree tree) {
        this.tree = tree;
        for (People one : atlas.people()) people.merge(one.code(), one, (a, b) -> a.year() >= b.year() ? a : b);
    }

    /// One point for each division in force that has none below it (a township without villages is a point itself), sorted by code.
    /// Villages without coordinates are placed first, as [VillagePoints] does.
    /// Throws IllegalArgumentException if a division has no point and none can be given. Cost: n log n.
    public static List<DemandPoint> of(Atlas atlas) {
        Atlas filled = VillagePoints.fill(atlas);
        return of(filled, new DivisionTree(filled));
    }

    /// The same for an atlas without missing points and its tree.
    static List<DemandPoint> of(Atlas filled, DivisionTree tree) {
        var points = new DemandPoints(filled, tree);
        for (Division root : points.tree.roots()) {
            points.gather(root);
            Figure figure = points.figures.get(root.code());
            points.share(root, figure == null ? new Figure(points.known(root), Kind.MODELLED) : figure, 1);
        }
        return points.found.stream().sorted(Comparator.comparing(DemandPoint::code)).toList();
    }

    /// Notes the figure and the weight of a division and all below.
    private void gather(Division division) {
        List<Division> below = tree.children(division);
        below.forEach(this::gather);
        double weight = below.stream().mapToDouble(this::weight).sum();
        weights.put(division.code(), below.isEmpty() ? UrbanClass.of(division.urbanRural()).persons : weight);
        People own = people.get(division.code());
        if (own != null) figures.put(division.code(), new Figure(own.persons(), own.provenance().kind()));
        else if (!below.isEmpty() && below.stream().allMatch(one -> figures.containsKey(one.code()))) {
            boolean observed = below.stream().allMatch(this::observed);
            figures.put(division.code(), new Figure(known(division), observed ? Kind.OBSERVED : Kind.MODELLED));
        }
    }

    /// The persons known below a division whose own figure is not.
    private long known(Division division) {
        long sum = 0;
        for (Division child : tree.children(division)) {
            Figure figure = figures.get(child.code());
            sum += figure == null ? known(child) : figure.persons();
        }
        return sum;
    }

    private double weight(Division division) {
        return weights.getOrDefault(division.code(), 0.0);
    }

    private boolean observed(Division division) {
        Figure figure = figures.get(division.code());
        return figure != null && figure.kind() == Kind.OBSERVED;
    }

    private double persons(Division division) {
        Figure figure = figures.get(division.code());
        return figure == null ? 0 : figure.persons();
    }

    private void share(Division division, Figure figure, double incomeAbove) {
        People own = people.get(division.code());
        double income = own == null ? incomeAbove : own.incomeIndex();
        List<Division> below = tree.children(division);
        if (below.isEmpty()) {
            found.add(point(division, figure, income));
            return;
        }
        long[] shares = shares(below, figure.persons());
        for (int i = 0; i < shares.length; i++) share(below.get(i), worth(below.get(i), shares[i]), income);
    }

    /// A share keeps the kind of the figure it equals; any other number is modelled.
    private Figure worth(Division division, long share) {
        Figure figure = figures.get(division.code());
        return figure != null && figure.persons() == share ? figure : new Figure(share, Kind.MODELLED);
    }

    private long[] shares(List<Division> below, long total) {
        long seen = below.stream().filter(this::observed).mapToLong(one -> (long) persons(one)).sum();
        boolean contradicted = seen > total || (seen < total && below.stream().allMatch(this::observed));
        if (contradicted) return PopulationShare.largestRemainder(total, below.stream().mapToDouble(one -> observed(one) ? persons(one) : 0).toArray());
        List<Division> open = below.stream().filter(one -> !observed(one)).toList();
        long[] rest = open.isEmpty() ? new long[0] : PopulationShare.largestRemainder(total - seen, openWeights(open, total - seen));
        long[] shares = new long[below.size()];
        for (int i = 0, k = 0; i < shares.length; i++) shares[i] = observed(below.get(i)) ? (long) persons(below.get(i)) : rest[k++];
        return shares;
    }

    /// Modelled figures weigh as they are; where some have none, what the figures leave over is theirs by class.
    private double[] openWeights(List<Division> open, long rest) {
        double modelled = open.stream().mapToDouble(this::persons).sum();
        double classes = open.stream().filter(one -> !figures.containsKey(one.code())).mapToDouble(this::weight).sum();
        double unit = classes == 0 ? 0 : Math.max(1, rest - modelled) / classes;
        return open.stream().mapToDouble(one -> figures.containsKey(one.code()) ? persons(one) : unit * weight(one)).toArray();
    }

    private DemandPoint point(Division division, Figure figure, double income) {
        @Nullable LonLat at = division.point();
        if (at == null) {
            throw new IllegalArgumentException("The division " + division.code() + " (" + division.name()
                    + ") has no point, and neither has any division above it. Maybe the columns lon and lat of its township are empty?");
        }
        return new DemandPoint(division.code(), division.name(), tree.township(division).code(), division.tier(), division.urbanRural(), at,
                division.pointKind(), figure.persons(), figure.kind(), income);
    }
}

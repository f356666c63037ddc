package xiaxiang.core.atlas;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import xiaxiang.engine.geo.LonLat;

/// How far each seat is from its nearest other.
final class SeatDistance {
    /// Metres in a degree of latitude on a sphere of 6,371,009 m.
    static final double METERS_PER_DEGREE = 111_195.08;

    private SeatDistance() {}

    /// For each point the metres to the nearest other, `lonely` if it is the only one. Equirectangular: for neighbours, not for oceans.
    /// Sweeps north and south from each until no nearer one is possible; about n^1.5 steps for points spread over an area.
    static double[] nearestMeters(List<LonLat> points, double lonely) {
        int[] order = IntStream.range(0, points.size()).boxed().sorted(Comparator.comparingDouble((Integer i) -> points.get(i).lat())).mapToInt(Integer::intValue).toArray();
        double[] nearest = new double[order.length];
        for (int at = 0; at < order.length; at++) {
            double best = Double.POSITIVE_INFINITY;
            for (int step : new int[] {-1, 1}) {
                LonLat here = points.get(order[at]);
                for (int other = at + step; other >= 0 && other < order.length; other += step) {
                    LonLat there = points.get(order[other]);
                    if (Math.abs(there.lat() - here.lat()) * METERS_PER_DEGREE > best) break;
                    best = Math.min(best, meters(here, there));
                }
            }
            nearest[order[at]] = best == Double.POSITIVE_INFINITY ? lonely : best;
        }
        return nearest;
    }

    static double meters(LonLat a, LonLat b) {
        double east = (b.lon() - a.lon()) * Math.cos(Math.toRadians((a.lat() + b.lat()) / 2));
        return METERS_PER_DEGREE * Math.hypot(east, b.lat() - a.lat());
    }
}

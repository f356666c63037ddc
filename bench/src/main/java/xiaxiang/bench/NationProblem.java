package xiaxiang.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import xiaxiang.engine.capture.CaptureProblem;
import xiaxiang.engine.geo.NearGrid;

/// A problem of the size of a nation from its list of townships: villages are points around their townships, and each township, or each of a number
/// of synthetic shops, is a site. Made to measure the solver; nothing in it is a forecast.
///
/// A village lies within three quarters of the distance to the nearest other township, uniform over that disc, and buys .32 phones a head a year. At
/// distance d a site pulls with exp(1 + a - decay d / 5 km), a uniform in [-.4, .4]; everything else at a point is worth exp(.3) and 4 to 9 rival shops a
/// site, which fall off alike. A site costs .6 to 1.4, the budget is a part of the total. A point sees its strongest `near` sites of its nearest 2 `near`.
record NationProblem(String codePrefix, int near, double decay, double budgetShare, int shops) {
    private static final double PHONES_PER_PERSON = 0.32;
    private static final double USUAL_PERSONS = 20_000;
    private static final double USUAL_KM = 8;
    private static final double DEGREE_KM = 111.195;
    private static final long SEED = 11;

    /// A township: where, how many villages, how many people.
    private record Township(double lon, double lat, int villages, double persons) {}

    /// Reads `cn_townships.csv.gz` in the folder and builds the problem; townships without a point are left out. The same for any number of threads.
    CaptureProblem build(Path folder) throws IOException {
        List<Township> townships = read(folder.resolve("cn_townships.csv.gz"));
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] points = villages(townships, random);
        double[][] sites = shops == 0 ? seats(townships) : shops(townships, random);
        return ChoiceRows.problem(points, sites, near, decay, budgetShare, random);
    }

    private List<Township> read(Path file) throws IOException {
        List<Township> all = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16); CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(in)) {
            for (NamedCsvRecord row : rows) {
                if (row.getField("code").startsWith(codePrefix) && !row.getField("lon").isEmpty()) {
                    String persons = row.getField("population_2020_modelled");
                    all.add(new Township(number(row, "lon"), number(row, "lat"), (int) number(row, "villages"), persons.isEmpty() ? USUAL_PERSONS : Double.parseDouble(persons)));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return all;
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }

    private static double[][] seats(List<Township> townships) {
        return new double[][] {townships.stream().mapToDouble(Township::lon).toArray(), townships.stream().mapToDouble(Township::lat).toArray()};
    }

    /// Longitude, latitude and weight of every village.
    private static double[][] villages(List<Township> townships, SplittableRandom random) {
        double[][] at = seats(townships);
        double[] km = nearestKm(at);
        int count = townships.stream().mapToInt(Township::villages).sum();
        double[][] villages = new double[3][count];
        int i = 0;
        for (int j = 0; j < km.length; j++) {
            Township town = townships.get(j);
            for (int k = 0; k < town.villages(); k++) {
                place(town, 0.75 * km[j], random, villages, i);
                villages[2][i++] = PHONES_PER_PERSON * town.persons() / town.villages();
            }
        }
        return villages;
    }

    private static void place(Township town, double km, SplittableRandom random, double[][] to, int i) {
        double away = km * Math.sqrt(random.nextDouble());
        double angle = 2 * Math.PI * random.nextDouble();
        to[0][i] = town.lon() + away * Math.cos(angle) / (DEGREE_KM * Math.cos(Math.toRadians(town.lat())));
        to[1][i] = town.lat() + away * Math.sin(angle) / DEGREE_KM;
    }

    /// Distance to the nearest other township, at least 1 km, 8 km for one alone.
    private static double[] nearestKm(double[][] at) {
        NearGrid grid = NearGrid.of(at[0], at[1]);
        double[] km = new double[at[0].length];
        IntStream.range(0, km.length).parallel().forEach(j -> {
            km[j] = USUAL_KM;
            grid.nearest(at[0][j], at[1][j], 2, (other, meters) -> km[j] = other == j ? km[j] : Math.max(1, meters / 1000));
        });
        return km;
    }

    /// Shops in proportion to people, within half the distance to the next township.
    private double[][] shops(List<Township> townships, SplittableRandom random) {
        double[] km = nearestKm(seats(townships));
        double persons = townships.stream().mapToDouble(Township::persons).sum();
        double[][] all = new double[2][shops];
        double due = 0;
        int placed = 0;
        for (int j = 0; j < km.length; j++) {
            due += shops * townships.get(j).persons() / persons;
            for (; placed < Math.min(shops, Math.round(due)); placed++) {
                place(townships.get(j), 0.5 * km[j], random, all, placed);
            }
        }
        return new double[][] {Arrays.copyOf(all[0], placed), Arrays.copyOf(all[1], placed)};
    }
}

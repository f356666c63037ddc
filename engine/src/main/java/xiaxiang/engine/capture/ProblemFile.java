package xiaxiang.engine.capture;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/// A capture problem as a file, so that a certificate can be checked by somebody who has neither the facts nor the planner.
///
/// Big-endian: magic `XXCP`, version 2; kernel (1 logit, 2 nested with mu, 3 covering); counts of points, sites, non-zeros, resources, groups; weights, stays,
/// row starts, sites, ratios; limits; by resource the uses of sites and of closed groups; group, required, forbidden and open today by site. Then, each behind its
/// length and of length 0 where there is none: the worth of sites, what is beside at points, the row starts, sites and ratios of outsiders, the first points of scenarios. Version 1 ends before these.
public final class ProblemFile {
    private static final int MAGIC = 0x58584350;
    private static final int VERSION = 2;
    private static final int MAX_ENTRIES = 200_000_000;
    private static final int MAX_RESOURCES = 64;
    /// How many numbers get their place before the first of them is read: a length that cannot be true costs no memory.
    private static final int TRUSTED_ENTRIES = 8_192;
    private static final int MARKS = 3;

    private ProblemFile() {}

    /// Writes a problem; about 8 bytes a non-zero.
    public static void write(CaptureProblem p, OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        writeKernel(p.kernel(), out);
        for (int count : new int[] {p.points(), p.sites(), p.nonZeros(), p.resources(), p.groups()}) out.writeInt(count);
        for (int i = 0; i < p.points(); i++) out.writeDouble(p.weight(i));
        for (int i = 0; i < p.points(); i++) out.writeDouble(p.stays(i));
        for (int i = 0; i < p.points(); i++) out.writeInt(p.rowStart(i + 1));
        for (int at = 0; at < p.nonZeros(); at++) out.writeInt(p.siteAt(at));
        for (int at = 0; at < p.nonZeros(); at++) out.writeFloat(p.ratioAt(at));
        for (int k = 0; k < p.resources(); k++) {
            out.writeDouble(p.limit(k));
            for (int j = 0; j < p.sites(); j++) out.writeDouble(p.use(k, j));
            for (int g = 0; g < p.groups(); g++) out.writeDouble(p.noneUse(k, g));
        }
        for (int j = 0; j < p.sites(); j++) out.writeInt(p.group(j));
        for (int j = 0; j < p.sites(); j++) out.writeByte((p.isRequired(j) ? 1 : 0) + (p.isForbidden(j) ? 2 : 0) + (p.isOpenToday(j) ? 4 : 0));
        writeExtras(p.extras(), out);
        out.flush();
    }

    private static void writeExtras(Extras extras, DataOutputStream out) throws IOException {
        out.writeInt(extras.worth().length);
        for (double worth : extras.worth()) out.writeDouble(worth);
        out.writeInt(extras.beside().length);
        for (double beside : extras.beside()) out.writeDouble(beside);
        writeInts(extras.start(), out);
        writeInts(extras.site(), out);
        for (float ratio : extras.ratio()) out.writeFloat(ratio);
        writeInts(extras.blocks(), out);
    }

    private static void writeInts(int[] values, DataOutputStream out) throws IOException {
        out.writeInt(values.length);
        for (int value : values) out.writeInt(value);
    }

    private static void writeKernel(Kernel kernel, DataOutputStream out) throws IOException {
        switch (kernel) {
            case Kernel.Logit _ -> out.writeByte(1);
            case Kernel.Nested(double mu) -> {
                out.writeByte(2);
                out.writeDouble(mu);
            }
            case Kernel.Covering _ -> out.writeByte(3);
            case Kernel.Beside _ -> throw new IllegalArgumentException("A problem's kernel must not be a part.");
        }
    }

    /// Reads a problem. Throws StreamCorruptedException if the file is none, EOFException if it ends early, IllegalArgumentException if it states an impossible problem.
    public static CaptureProblem read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        int version = in.readInt() == MAGIC ? in.readInt() : 0;
        if (version < 1 || version > VERSION) throw new StreamCorruptedException("This is no capture problem of version 1 or " + VERSION + ".");
        Kernel kernel = readKernel(in);
        int points = count(in, MAX_ENTRIES);
        int sites = count(in, MAX_ENTRIES);
        int nonZeros = count(in, MAX_ENTRIES);
        int resources = count(in, MAX_RESOURCES);
        int groups = count(in, MAX_ENTRIES);
        double[] weight = doubles(in, points);
        double[] stays = doubles(in, points);
        int[] start = new int[points + 1];
        for (int i = 0; i < points; i++) start[i + 1] = in.readInt();
        int[] site = ints(in, nonZeros);
        float[] ratio = new float[nonZeros];
        for (int at = 0; at < nonZeros; at++) ratio[at] = in.readFloat();
        double[] limit = new double[resources];
        double[][] use = new double[resources][];
        double[][] none = new double[resources][];
        for (int k = 0; k < resources; k++) {
            limit[k] = in.readDouble();
            use[k] = doubles(in, sites);
            none[k] = doubles(in, groups);
        }
        int[] group = ints(in, sites);
        boolean[][] marks = new boolean[MARKS][sites];
        for (int j = 0; j < sites; j++) {
            int bits = in.readUnsignedByte();
            if (bits >> MARKS != 0) throw new StreamCorruptedException("The marks (" + bits + ") of site " + j + " must be in [0, 7].");
            for (int bit = 0; bit < MARKS; bit++) marks[bit][j] = ((bits >> bit) & 1) == 1;
        }
        CaptureProblem plain = CaptureProblem.of(kernel, new CaptureProblem.Rows(weight, stays, start, site, ratio), new CaptureProblem.Sites(sites, use, limit, group, none, marks[0], marks[1], marks[2]));
        return version == 1 ? plain : withExtras(plain, in);
    }

    private static CaptureProblem withExtras(CaptureProblem plain, DataInputStream in) throws IOException {
        CaptureProblem problem = plain;
        double[] worth = doubles(in, count(in, MAX_ENTRIES));
        problem = worth.length > 0 ? problem.withWorth(worth) : problem;
        double[] beside = doubles(in, count(in, MAX_ENTRIES));
        int[] start = ints(in, count(in, MAX_ENTRIES));
        int[] site = ints(in, count(in, MAX_ENTRIES));
        float[] ratio = new float[site.length];
        for (int at = 0; at < ratio.length; at++) ratio[at] = in.readFloat();
        problem = start.length > 0 ? problem.withOutsiders(beside, start, site, ratio) : problem;
        int[] blocks = ints(in, count(in, MAX_ENTRIES));
        return blocks.length > 0 ? problem.worstOf(blocks) : problem;
    }

    private static Kernel readKernel(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 1 -> new Kernel.Logit();
            case 2 -> new Kernel.Nested(in.readDouble());
            case 3 -> new Kernel.Covering();
            default -> throw new StreamCorruptedException("There is no kernel " + kind + ".");
        };
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) throw new StreamCorruptedException("A count (" + count + ") must be in [0, " + most + "].");
        return count;
    }

    private static double[] doubles(DataInputStream in, int count) throws IOException {
        double[] values = new double[Math.min(count, TRUSTED_ENTRIES)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) values = Arrays.copyOf(values, twice(i, count));
            values[i] = in.readDouble();
        }
        return values;
    }

    private static int[] ints(DataInputStream in, int count) throws IOException {
        int[] values = new int[Math.min(count, TRUSTED_ENTRIES)];
        for (int i = 0; i < count; i++) {
            if (i == values.length) values = Arrays.copyOf(values, twice(i, count));
            values[i] = in.readInt();
        }
        return values;
    }

    private static int twice(int length, int most) {
        return (int) Math.min(most, 2L * length);
    }
}

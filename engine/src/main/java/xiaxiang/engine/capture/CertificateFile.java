package xiaxiang.engine.capture;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// The file form of a [Certificate]. Arrays are read in chunks, so that a false length costs no memory.
final class CertificateFile {
    private static final int MAGIC = 'X' << 24 | 'X' << 16 | 'C' << 8 | 'C';
    private static final int VERSION = 3;
    private static final int MAX_SITES = 1 << 28;
    private static final int MAX_POINTS = 1 << 28;
    private static final int MAX_RESOURCES = 1 << 10;
    private static final int MAX_SCENARIOS = 1 << 16;
    private static final int MAX_LIST = 1 << 28;
    private static final int CHUNK = 1 << 14;

    private CertificateFile() {}

    static void write(Certificate c, OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.write(HexFormat.of().parseHex(c.fingerprint()));
        out.writeInt(c.plan().sites());
        writeInts(out, c.plan().open());
        out.writeDouble(c.lower());
        out.writeDouble(c.upper());
        boolean none = c.multipliers().isEmpty();
        out.writeInt(none ? 0 : c.multipliers().getFirst().rho().length);
        out.writeInt(resources(c));
        out.writeInt(c.multipliers().size());
        for (Certificate.Multipliers m : c.multipliers()) {
            out.writeDouble(m.share());
            writeDoubles(out, m.theta());
            writeFloats(out, m.rho());
            writeInts(out, m.chosen());
            out.write(m.level());
            writeFloats(out, m.sigma());
            out.write(m.pick());
            out.writeInt(m.lambda().length);
            writeDoubles(out, m.lambda());
        }
        out.writeInt(c.prices().size());
        for (double[] prices : c.prices()) {
            writeDoubles(out, prices);
        }
        writeInts(out, c.steps());
        out.flush();
    }

    private static int resources(Certificate c) {
        if (!c.multipliers().isEmpty()) {
            return c.multipliers().getFirst().theta().length;
        }
        return c.prices().isEmpty() ? 0 : c.prices().getFirst().length;
    }

    static Certificate read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        if (in.readInt() != MAGIC) {
            throw new IOException("The file is no certificate: it must begin with XXCC.");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("The version (" + version + ") of the certificate must be " + VERSION + ".");
        }
        byte[] print = new byte[32];
        in.readFully(print);
        Plan plan = readPlan(in);
        double lower = in.readDouble();
        double upper = in.readDouble();
        int points = length(in, "number of points", MAX_POINTS);
        int resources = length(in, "number of resources", MAX_RESOURCES);
        List<Certificate.Multipliers> multipliers = new ArrayList<>();
        for (int left = length(in, "number of multipliers", MAX_LIST); left > 0; left--) {
            double share = in.readDouble();
            double[] theta = readDoubles(in, resources);
            float[] rho = readFloats(in, points);
            int[] chosen = readInts(in, length(in, "number of chosen sites", plan.sites()));
            byte[] level = readBytes(in, chosen.length);
            int marked = chosen.length == 0 ? 0 : points;
            float[] sigma = readFloats(in, marked);
            byte[] pick = readBytes(in, marked);
            double[] lambda = readDoubles(in, length(in, "number of scenarios", MAX_SCENARIOS));
            multipliers.add(new Certificate.Multipliers(share, rho, theta, chosen, level, sigma, pick, lambda));
        }
        List<double[]> prices = new ArrayList<>();
        for (int left = length(in, "number of prices", MAX_LIST); left > 0; left--) {
            prices.add(readDoubles(in, resources));
        }
        int[] steps = readInts(in, length(in, "number of steps", MAX_LIST));
        String fingerprint = HexFormat.of().formatHex(print);
        return new Certificate(fingerprint, plan, lower, upper, multipliers, prices, steps);
    }

    private static Plan readPlan(DataInputStream in) throws IOException {
        int sites = length(in, "number of sites", MAX_SITES);
        int[] open = readInts(in, length(in, "number of open sites", sites));
        try {
            return Plan.of(sites, open);
        } catch (IllegalArgumentException e) {
            throw new IOException("The certificate's plan is none: " + e.getMessage(), e);
        }
    }

    private static int length(DataInputStream in, String name, int bound) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > bound) {
            throw new IOException("The " + name + " (" + length + ") of the certificate must be in 0.." + bound + ".");
        }
        return length;
    }

    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static byte[] readBytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The certificate is cut short.");
        }
        return bytes;
    }

    private static int[] readInts(DataInputStream in, int length) throws IOException {
        int[] values = new int[Math.min(length, CHUNK)];
        for (int i = 0; i < length; i++) {
            values = i < values.length ? values : Arrays.copyOf(values, grown(i, length));
            values[i] = in.readInt();
        }
        return values;
    }

    private static double[] readDoubles(DataInputStream in, int length) throws IOException {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = in.readDouble();
        }
        return values;
    }

    private static float[] readFloats(DataInputStream in, int length) throws IOException {
        float[] values = new float[Math.min(length, CHUNK)];
        byte[] bytes = new byte[Float.BYTES * Math.min(length, CHUNK)];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int done = 0; done < length; ) {
            int now = Math.min(CHUNK, length - done);
            while (done + now > values.length) {
                values = Arrays.copyOf(values, grown(values.length, length));
            }
            in.readFully(bytes, 0, Float.BYTES * now);
            buffer.position(0);
            buffer.asFloatBuffer().get(values, done, now);
            done += now;
        }
        return values;
    }

    private static int grown(int size, int length) {
        return (int) Math.min(length, 2L * Math.max(size, CHUNK));
    }
}

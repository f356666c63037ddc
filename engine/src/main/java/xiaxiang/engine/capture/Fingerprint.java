package xiaxiang.engine.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 over a problem: a heading, the kernel, then every array (worth, outsiders and blocks where there are any), each behind its length, big-endian, rows sorted.
final class Fingerprint {
    private final MessageDigest digest;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(Kernel kernel, CaptureProblem.Rows rows, CaptureProblem.Sites sites, Extras extras) {
        Fingerprint print = new Fingerprint(sha256());
        print.digest.update("xiaxiang capture problem 1\n".getBytes(StandardCharsets.US_ASCII));
        switch (kernel) {
            case Kernel.Logit _ -> print.add(1);
            case Kernel.Nested(double mu) -> {
                print.add(2);
                print.add(new double[] {mu});
            }
            case Kernel.Covering _ -> print.add(3);
            case Kernel.Beside _ -> throw new IllegalArgumentException("A problem's kernel must not be a part.");
        }
        print.add(rows.weight());
        print.add(rows.stays());
        print.add(rows.start());
        print.add(rows.site());
        print.add(rows.ratio());
        print.add(sites.count());
        print.add(sites.limit());
        for (int k = 0; k < sites.limit().length; k++) {
            print.add(sites.use()[k]);
            print.add(sites.groupNoneUse()[k]);
        }
        print.add(sites.group());
        print.add(sites.required());
        print.add(sites.forbidden());
        print.add(sites.openToday());
        if (!extras.isPlain()) {
            print.add(extras.worth());
            print.add(extras.beside());
            print.add(extras.start());
            print.add(extras.site());
            print.add(extras.ratio());
            print.add(extras.blocks());
        }
        print.flush();
        return HexFormat.of().formatHex(print.digest.digest());
    }

    /// Of waves, over the base problem's own fingerprint.
    static String of(String base, double[] weight, double[][] limit) {
        Fingerprint print = new Fingerprint(sha256());
        print.digest.update("xiaxiang wave problem 1\n".getBytes(StandardCharsets.US_ASCII));
        print.digest.update(base.getBytes(StandardCharsets.US_ASCII));
        print.add(weight);
        for (double[] limits : limit) {
            print.add(limits);
        }
        print.flush();
        return HexFormat.of().formatHex(print.digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256.", e);
        }
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    private void flush() {
        digest.update(buffer.flip());
        buffer.clear();
    }

    private void add(int value) {
        room(Integer.BYTES);
        buffer.putInt(value);
    }

    private void add(double[] values) {
        add(values.length);
        double[] some = new double[Math.min(values.length, buffer.capacity() / Double.BYTES)];
        for (int from = 0; from < values.length; from += some.length) {
            int count = Math.min(some.length, values.length - from);
            for (int i = 0; i < count; i++) {
                some[i] = values[from + i] + 0.0; // one form of zero
            }
            flush();
            buffer.asDoubleBuffer().put(some, 0, count);
            buffer.position(count * Double.BYTES);
        }
    }

    private void add(int[] values) {
        add(values.length);
        int most = buffer.capacity() / Integer.BYTES;
        for (int from = 0; from < values.length; from += most) {
            int count = Math.min(most, values.length - from);
            flush();
            buffer.asIntBuffer().put(values, from, count);
            buffer.position(count * Integer.BYTES);
        }
    }

    private void add(float[] values) {
        add(values.length);
        int most = buffer.capacity() / Float.BYTES;
        for (int from = 0; from < values.length; from += most) {
            int count = Math.min(most, values.length - from);
            flush();
            buffer.asFloatBuffer().put(values, from, count);
            buffer.position(count * Float.BYTES);
        }
    }

    private void add(boolean[] values) {
        add(values.length);
        for (boolean value : values) {
            room(1);
            buffer.put((byte) (value ? 1 : 0));
        }
    }
}

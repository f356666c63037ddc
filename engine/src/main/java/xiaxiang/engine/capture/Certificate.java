package xiaxiang.engine.capture;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/// A plan and a proof that no plan captures more than `upper`: a walk over a binary tree whose leaves cover all plans.
///
/// The walk is a list of steps, each `8 * argument + operation`, in pre-order (closed side first):
///
/// - `LEAF`: the bound of the multipliers in force, under the sites fixed so far, ends this branch.
/// - `CLASH`: the sites fixed so far contradict each other, or the required and forbidden ones; no plan is here.
/// - `DEAD p`: at prices `p` even the cheapest plan here uses more than is allowed.
/// - `USE m`: from here on the multipliers `m` are in force; sites open here shift t, sites fixed later do not.
/// - `ALSO m`: after USE or ALSO: the cut in force is the mean, by their shares, of those named since USE. The prices are the first's.
/// - `BRANCH j`: first what follows with site j closed, then with it open.
/// - `CLOSED j`, `OPENED j`: a branch whose other side is a leaf; what follows is this side.
///
/// Opening a site closes the others of its group. Multipliers are one rho a point (for [Kernel.Covering] the slope in
/// [0, 1] instead), one share in a mean, one price a resource and, where sites are chosen, a sigma and a pick a point; any such values prove something, so nothing here need be trusted.
///
/// File form, big-endian: "XXCC", int version 3, 32 bytes of fingerprint, int sites, int open, the open sites, double lower,
/// double upper, int points, int resources, int multipliers, for each: double share, resources doubles, points floats (rho), int chosen, the chosen sites
/// (ascending), a byte (level) each, and if there are any points floats (sigma) and points bytes (pick), int scenarios, a double (lambda) each; int prices, for each: resources doubles; int
/// steps, the steps.
public final class Certificate {
    static final int LEAF = 0;
    static final int CLASH = 1;
    static final int DEAD = 2;
    static final int USE = 3;
    static final int BRANCH = 4;
    static final int CLOSED = 5;
    static final int OPENED = 6;
    static final int ALSO = 7;

    /// A share > 0 in the mean with the layers beside it, one rho a point, one price a resource. The chosen sites, ascending, with a level each, from 1;
    /// where there are any, one sigma a point, at least its rho, and one pick: 0 for the lifted tangent, otherwise the cut is around the chosen sites of at
    /// least that level. `lambda`: one weight a scenario where the worst of several counts, else empty. Prices and weights of the first layer hold for all.
    @SuppressWarnings("ArrayRecordComponent") // millions of numbers, handed over and never changed
    record Multipliers(double share, float[] rho, double[] theta, int[] chosen, byte[] level, float[] sigma, byte[] pick, double[] lambda) {
        static Multipliers tangents(double share, float[] rho, double[] theta, double[] lambda) {
            return new Multipliers(share, rho, theta, new int[0], new byte[0], new float[0], new byte[0], lambda);
        }

        Multipliers copy() {
            return new Multipliers(share, rho.clone(), theta.clone(), chosen.clone(), level.clone(), sigma.clone(), pick.clone(), lambda.clone());
        }
    }

    private final String fingerprint;
    private final Plan plan;
    private final double lower;
    private final double upper;
    private final List<Multipliers> multipliers;
    private final List<double[]> prices;
    private final int[] steps;

    Certificate(
            String fingerprint,
            Plan plan,
            double lower,
            double upper,
            List<Multipliers> multipliers,
            List<double[]> prices,
            int[] steps) {
        this.fingerprint = fingerprint;
        this.plan = plan;
        this.lower = lower;
        this.upper = upper;
        this.multipliers = List.copyOf(multipliers);
        this.prices = List.copyOf(prices);
        this.steps = steps.clone();
    }

    /// Fingerprint of the problem, 64 hexadecimal digits.
    public String fingerprint() {
        return fingerprint;
    }

    /// The plan.
    public Plan plan() {
        return plan;
    }

    /// Net capture claimed for the plan.
    public double lower() {
        return lower;
    }

    /// Net capture claimed to be beyond every plan.
    public double upper() {
        return upper;
    }

    /// Leaves of the tree that need a bound.
    public int leaves() {
        int leaves = 0;
        for (int step : steps) {
            int operation = step & 7;
            leaves += operation == LEAF || operation == CLOSED || operation == OPENED ? 1 : 0;
        }
        return leaves;
    }

    /// Writes the file form; does not close the stream.
    public void write(OutputStream out) throws IOException {
        CertificateFile.write(this, out);
    }

    /// Reads the file form up to its end; more bytes stay in the stream. Throws IOException when it is cut short, no such
    /// file, of another version, or longer than any problem could need.
    public static Certificate read(InputStream in) throws IOException {
        return CertificateFile.read(in);
    }

    List<Multipliers> multipliers() {
        return multipliers;
    }

    List<double[]> prices() {
        return prices;
    }

    int[] steps() {
        return steps;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Certificate that
                && fingerprint.equals(that.fingerprint)
                && plan.equals(that.plan)
                && Double.compare(lower, that.lower) == 0
                && Double.compare(upper, that.upper) == 0
                && Arrays.equals(steps, that.steps)
                && Arrays.deepEquals(flat(), that.flat());
    }

    @Override
    public int hashCode() {
        return 31 * plan.hashCode() + Arrays.hashCode(steps);
    }

    private Object[] flat() {
        Object[] all = new Object[8 * multipliers.size() + prices.size()];
        int at = 0;
        for (Multipliers m : multipliers) {
            all[at++] = m.share();
            all[at++] = m.rho();
            all[at++] = m.theta();
            all[at++] = m.chosen();
            all[at++] = m.level();
            all[at++] = m.sigma();
            all[at++] = m.pick();
            all[at++] = m.lambda();
        }
        for (double[] p : prices) {
            all[at++] = p;
        }
        return all;
    }

    @Override
    public String toString() {
        return "Certificate[" + plan.size() + " open, " + lower + ".." + upper + ", leaves=" + leaves() + "]";
    }
}

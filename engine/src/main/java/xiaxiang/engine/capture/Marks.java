package xiaxiang.engine.capture;

import java.util.Arrays;

/// The numbers that name the cuts of a slice's points: one rho a point (the slope for covering) and, where sites are chosen, one sigma and one `pick` a
/// point: 0 for the lifted tangent, otherwise the cut around the sites of at least that level.
final class Marks {
    /// Levels of chosen sites: those whose x is at least LEAST[level - 1] in a reference solution.
    static final int LEVELS = 3;
    private static final double[] LEAST = {0.65, 0.85, 0.97};
    private static final byte[] NONE = {};

    final float[] rho;
    final float[] sigma;
    final byte[] pick;
    /// Level of every site of the slice, or empty.
    final byte[] level;

    private Marks(int points, byte[] level) {
        this.rho = new float[points];
        this.sigma = new float[level.length == 0 ? 0 : points];
        this.pick = new byte[sigma.length];
        this.level = level;
    }

    static Marks tangents(int points) {
        return new Marks(points, NONE);
    }

    /// Around the sites that are nearly open in `x`.
    static Marks around(int points, double[] x) {
        byte[] level = new byte[x.length];
        for (int j = 0; j < x.length; j++) {
            for (byte k = 0; k < LEVELS && x[j] >= LEAST[k]; k++) {
                level[j] = (byte) (k + 1);
            }
        }
        return new Marks(points, level);
    }

    boolean areTangents() {
        return level.length == 0;
    }

    /// Fresh ones with the same chosen sites.
    Marks alike() {
        return new Marks(rho.length, level);
    }

    @SuppressWarnings("ReferenceEquality") // the levels are handed on, never made twice
    boolean isAlike(Marks other) {
        return level == other.level;
    }

    /// As a certificate keeps them, of the whole problem's points and sites, with their share in a mean.
    Certificate.Multipliers spread(Slice slice, int points, double share, double[] prices, double[] lambda) {
        float[] allRho = new float[points];
        // Where all ratios were left out, each site is credited with what it adds alone: rho 0, or the full slope of covering.
        Arrays.fill(allRho, slice.kernel instanceof Kernel.Covering ? 1 : 0);
        float[] allSigma = new float[areTangents() ? 0 : points];
        byte[] allPick = new byte[allSigma.length];
        for (int i = 0; i < rho.length; i++) {
            allRho[slice.point[i]] = rho[i];
            if (!areTangents()) {
                allSigma[slice.point[i]] = sigma[i];
                allPick[slice.point[i]] = pick[i];
            }
        }
        int[] chosen = new int[level.length];
        byte[] chosenLevel = new byte[level.length];
        int count = 0;
        for (int j = 0; j < level.length; j++) {
            if (level[j] > 0) {
                chosenLevel[count] = level[j];
                chosen[count++] = slice.siteOf[j];
            }
        }
        if (count == 0) {
            return Certificate.Multipliers.tangents(share, allRho, prices, lambda);
        }
        return new Certificate.Multipliers(share, allRho, prices, Arrays.copyOf(chosen, count), Arrays.copyOf(chosenLevel, count), allSigma, allPick, lambda);
    }
}

package xiaxiang.engine.choice;

import java.util.stream.IntStream;

/// A market in which each point chooses a brand, or nothing, and within the brand a shop or online: nested logit with one nest a brand.
///
/// With `A` the sum over the brand's shops of exp(u / mu), `O` the same of its online sale, `alpha` the brand's constant and `o` its online factor,
/// the nest of brand b at point i is worth `N = exp(alpha) (A + o O)^mu`, buying nothing is worth 1, and P(b) = N_b / (1 + sum of N).
/// Arrays are row-major `double[points * brands]`; `weight` is buyers and non-buyers a year. Source: McFadden (1978).
public final class BrandChoice {
    /// Points are summed in blocks of this size, block by block, so that a result does not depend on the threads.
    static final int BLOCK = 1024;

    final int points;
    final int brands;
    final double mu;
    final double[] weight;
    final double[] shops;
    final double[] online;

    /// The market of `weight.length` points; `mu` in (0, 1] is the nest parameter. The arrays are kept, not copied: do not change them.
    public BrandChoice(int brands, double mu, double[] weight, double[] shops, double[] online) {
        points = weight.length;
        if (!(mu > 0 && mu <= 1)) throw new IllegalArgumentException("The nest parameter (" + mu + ") must be in (0, 1].");
        if (shops.length != points * brands || online.length != shops.length)
            throw new IllegalArgumentException("Expected " + points + " x " + brands + " attractions, got " + shops.length + " and " + online.length + ".");
        this.brands = brands;
        this.mu = mu;
        this.weight = weight;
        this.shops = shops;
        this.online = online;
    }

    /// The worth of each brand's nest at each point, `double[points * brands]`, under the constants. Cost: one exp and one log an entry.
    public double[] nests(Constants c) {
        double[] out = new double[points * brands];
        IntStream.range(0, blocks()).parallel().forEach(k -> {
            for (int i = k * BLOCK, end = Math.min(points, i + BLOCK); i < end; i++)
                for (int b = 0; b < brands; b++) out[i * brands + b] = nest(i, b, c);
        });
        return out;
    }

    /// The online attraction of brand b at point i as it was given.
    public double onlineAttraction(int i, int b) {
        return online[i * brands + b];
    }

    double nest(int i, int b, Constants c) {
        double inside = shops[i * brands + b] + c.onlineFactor(b) * online[i * brands + b];
        return inside <= 0 ? 0 : Math.exp(c.alpha(b) + mu * Math.log(inside));
    }

    int blocks() {
        return (points + BLOCK - 1) / BLOCK;
    }

    /// What is solved for: the brands' constants (utils) and the logarithms of their online factors. Immutable.
    public static final class Constants {
        private final double[] alphas;
        private final double[] logOnline;

        /// Copies its arguments, which have one entry a brand.
        public Constants(double[] alphas, double[] logOnline) {
            this.alphas = alphas.clone();
            this.logOnline = logOnline.clone();
        }

        /// The constant of brand b, in utils.
        public double alpha(int b) {
            return alphas[b];
        }

        /// The factor of brand b's online attraction, >= 0.
        public double onlineFactor(int b) {
            return Math.exp(logOnline[b]);
        }

        /// These constants moved by a step: the first half of `move` for the constants, the second for the logarithms, each entry clipped to 2
        /// utils, since far from the answer the linear model overshoots.
        Constants moved(double[] move, double scale) {
            int n = alphas.length;
            Constants to = new Constants(alphas, logOnline);
            for (int b = 0; b < n; b++) {
                to.alphas[b] += Math.clamp(scale * move[b], -2, 2);
                to.logOnline[b] = Math.clamp(logOnline[b] + Math.clamp(scale * move[n + b], -2, 2), -60, 60);
            }
            return to;
        }
    }
}

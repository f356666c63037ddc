package xiaxiang.engine.capture;

/// Share of a point's weight that is ours, as a function of the sum of our ratios: concave, increasing, g(0) = 0.
/// A ratio is the strength of a shop of ours divided by that of everything not ours (rivals, online rivals, buying nothing).
public sealed interface Kernel {
    /// g at `s >= 0`, in [0, 1].
    double value(double s);

    /// First derivative of g at `s >= 0`; infinite at 0 for [Nested] with mu < 1; at a kink the right-hand one.
    double slope(double s);

    /// `g(t + s) - g(t)`, `t, s >= 0`, with a relative error below 2e-13 even where t is far larger than s.
    double rise(double t, double s);

    /// `-g''(s)`, `s > 0`; 0 where g is straight.
    double bend(double s);

    /// Multinomial logit, or Huff's law: `s / (1 + s)`. Source: Huff (1964); Benati and Hansen (2002).
    record Logit() implements Kernel {
        @Override
        public double value(double s) {
            return s / (1 + s);
        }

        @Override
        public double slope(double s) {
            return 1 / ((1 + s) * (1 + s));
        }

        @Override
        public double rise(double t, double s) {
            return s / (1 + t) / (1 + t + s);
        }

        @Override
        public double bend(double s) {
            return 2 / ((1 + s) * (1 + s) * (1 + s));
        }
    }

    /// Nested logit with all that is ours in one nest: `s^mu / (1 + s^mu)`, `0 < mu <= 1`; a ratio is then
    /// `exp(u / mu) / w^(1 / mu)`. Source: McFadden (1978).
    record Nested(double mu) implements Kernel {
        public Nested {
            if (!(mu > 0 && mu <= 1)) {
                throw new IllegalArgumentException("The mu (" + mu + ") of the nested kernel must be in (0, 1].");
            }
        }

        @Override
        public double value(double s) {
            if (s > 1) {
                return 1 / (1 + Math.pow(s, -mu));
            }
            double u = Math.pow(s, mu);
            return u / (1 + u);
        }

        @Override
        public double slope(double s) {
            double u = Math.pow(s, mu);
            return mu * (Math.pow(s, mu - 1) / (1 + u)) / (1 + u);
        }

        @Override
        public double rise(double t, double s) {
            double ratio = s / t;
            if (s == 0 || t == 0 || Double.isInfinite(ratio)) {
                return s == 0 ? 0 : value(t + s) - value(t);
            }
            double u = Math.pow(t, mu);
            double growth = growth(ratio);
            return u / (1 + u) * growth / (1 + u * (1 + growth));
        }

        /// `(1 + x)^mu - 1`, `x > 0`, with a relative error below 2e-13: a binomial series where the difference would cancel, a power elsewhere.
        /// Both are several times faster than expm1 of log1p, and this stands in every inner loop.
        private double growth(double x) {
            if (x > 1.0 / 256) {
                return Math.pow(1 + x, mu) - 1;
            }
            double tail = 1 + (mu - 4) * x / 5 * (1 + (mu - 5) * x / 6);
            return mu * x * (1 + (mu - 1) * x / 2 * (1 + (mu - 2) * x / 3 * (1 + (mu - 3) * x / 4 * tail)));
        }

        @Override
        public double bend(double s) {
            double u = Math.pow(s, mu);
            return slope(s) / s * ((1 - mu) + 2 * mu * (u / (1 + u)));
        }
    }

    /// The part of the share of what is ours that falls to some of it, `u g(o + u) / (o + u)`, where others of ours of the sum `others` (o > 0) stand beside.
    /// With H(U) = g(U) / U it is `g(U) - o H(U)`, U = o + u, hence concave where H is convex: for logit and nested logit, not for covering.
    record Beside(Kernel all, double others) implements Kernel {
        @Override
        public double value(double s) {
            return s == 0 ? 0 : all.value(others + s) * (s / (others + s));
        }

        @Override
        public double slope(double s) {
            double sum = others + s;
            return (s * all.slope(sum) + others * all.value(sum) / sum) / sum;
        }

        @Override
        public double rise(double t, double s) {
            double before = others + t;
            return ((t + s) * all.rise(before, s) + others * (s / before) * all.value(before)) / (before + s);
        }

        @Override
        public double bend(double s) {
            double sum = others + s;
            return (s * all.bend(sum) + 2 * others * (all.value(sum) / sum - all.slope(sum)) / sum) / sum;
        }
    }

    /// This share, of those beside whom others of ours of the sum `others` stand.
    default Kernel beside(double others) {
        return others == 0 ? this : new Beside(this, others);
    }

    /// Covering: `min(1, s)`; ratio 1 where a site covers a point. Source: Church and ReVelle (1974).
    record Covering() implements Kernel {
        @Override
        public double value(double s) {
            return Math.min(1, s);
        }

        @Override
        public double slope(double s) {
            return s < 1 ? 1 : 0;
        }

        @Override
        public double rise(double t, double s) {
            return Math.min(Math.max(0, 1 - t), s);
        }

        @Override
        public double bend(double s) {
            return 0;
        }
    }
}

package xiaxiang.engine.capture;

/// The verifier's own formulas for g: written apart from [Kernel] on purpose, so that one slip cannot hide in both.
sealed interface Curve {
    /// g(t + s) - g(t).
    double between(double t, double s);

    /// g'(s).
    double steepness(double s);

    static Curve of(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Logit _ -> new Power(1);
            case Kernel.Nested(double mu) -> new Power(mu);
            case Kernel.Covering _ -> new Capped();
            case Kernel.Beside _ -> throw new IllegalArgumentException("A problem's kernel must not be a part.");
        };
    }

    /// `1 - 1 / (1 + s^mu)`.
    record Power(double mu) implements Curve {
        @Override
        public double between(double t, double s) {
            double low = power(t);
            double high = power(t + s);
            double grown = t == 0 || s / t > 1e200 ? high - low : low * growth(s / t);
            return grown / (1 + low) / (1 + high);
        }

        /// (1 + x)^mu - 1.
        private double growth(double x) {
            return mu == 1 ? x : Math.expm1(mu * Math.log1p(x));
        }

        private double power(double s) {
            return mu == 1 ? s : Math.pow(s, mu);
        }

        @Override
        public double steepness(double s) {
            double u = power(s);
            return mu * u / s / (1 + u) / (1 + u);
        }
    }

    /// The part of the share of what is ours that falls to some of it, beside others of the sum o > 0: `u / (o + u)` of the inner curve's value at o + u.
    record Part(Curve all, double others) implements Curve {
        @Override
        public double between(double t, double s) {
            double from = others + t;
            double to = from + s;
            // What is gained in all falls to ours by their part afterwards; of what there was, their part grows from t / from to (t + s) / to.
            return all.between(from, s) * ((t + s) / to) + all.between(0, from) * (s / to) * (others / from);
        }

        @Override
        public double steepness(double s) {
            double sum = others + s;
            return all.steepness(sum) * (s / sum) + all.between(0, sum) / sum * (others / sum);
        }
    }

    /// This curve, or the part of it beside others.
    default Curve part(double others) {
        return others > 0 ? new Part(this, others) : this;
    }

    /// `min(1, s)`.
    record Capped() implements Curve {
        @Override
        public double between(double t, double s) {
            return t >= 1 ? 0 : Math.min(1 - t, s);
        }

        @Override
        public double steepness(double s) {
            return s < 1 ? 1 : 0;
        }
    }
}

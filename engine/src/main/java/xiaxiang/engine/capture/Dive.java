package xiaxiang.engine.capture;

/// Rounds a relaxation by stages: opens those nearest to 1 while they fit, closes those near 0, relaxes what is left from
/// where they stand, until nothing is free. Each stage is far smaller than the last.
final class Dive {
    private static final int STAGES = 15;
    private static final int ITERATIONS = 20;
    private static final double SURE = 0.95;
    private static final double NOUGHT = 0.01;
    private static final double SHARE = 0.25;

    private final Slice ground;
    private final byte[] state;
    private final Cores cores;
    private final Watch watch;

    Dive(Slice ground, byte[] state, Cores cores, Watch watch) {
        this.ground = ground;
        this.state = state.clone();
        this.cores = cores;
        this.watch = watch;
    }

    /// States of the ground's sites, none free unless stopped; `near` is where to begin, one x a site of the ground.
    byte[] run(float[] near) {
        for (int stage = 0; stage < STAGES && !watch.stopped(); stage++) {
            Slice slice = ground.narrow(state);
            if (slice.sites() == 0) {
                break;
            }
            int[] groundOf = new int[slice.sites()];
            double[] from = new double[slice.sites()];
            int at = 0;
            for (int g = 0; g < state.length; g++) {
                if (state[g] == Slice.FREE) {
                    groundOf[at] = g;
                    from[at++] = near[g];
                }
            }
            double[] x = stage == 0 ? from : relaxed(slice, from);
            for (int j = 0; j < groundOf.length; j++) {
                near[groundOf[j]] = (float) x[j];
            }
            settle(slice, groundOf, x, stage == STAGES - 1);
        }
        return state;
    }

    private double[] relaxed(Slice slice, double[] from) {
        Relaxation relaxation = new Relaxation(slice, cores);
        Relaxation.Goal goal = new Relaxation.Goal(ITERATIONS, Double.NEGATIVE_INFINITY, 1e-6, 0, 0);
        relaxation.run(from, goal, watch, (_, _) -> {});
        return relaxation.bestX;
    }

    private void settle(Slice slice, int[] groundOf, double[] x, boolean last) {
        Units units = slice.units;
        double[] left = units.allowed.clone();
        boolean[] taken = new boolean[units.count()];
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        int least = (int) Math.ceil(SHARE * sum);
        int opened = 0;
        for (int j : Ascending.descending(x)) {
            boolean fits = !taken[units.unitOf[j]];
            for (int k = 0; k < left.length && fits; k++) {
                fits = units.use[k][j] <= 0 || units.use[k][j] <= left[k];
            }
            if (!fits || x[j] < NOUGHT) {
                state[groundOf[j]] = Slice.CLOSED;
            } else if (last || x[j] >= SURE || opened < least) {
                state[groundOf[j]] = Slice.OPEN;
                taken[units.unitOf[j]] = true;
                opened++;
                for (int k = 0; k < left.length; k++) {
                    left[k] -= units.use[k][j];
                }
            }
        }
        closeBeside(units, groundOf, taken);
    }

    private void closeBeside(Units units, int[] groundOf, boolean[] taken) {
        for (int j = 0; j < groundOf.length; j++) {
            if (taken[units.unitOf[j]] && state[groundOf[j]] == Slice.FREE) {
                state[groundOf[j]] = Slice.CLOSED;
            }
        }
    }
}

package xiaxiang.engine.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Seeded problems for tests.
final class Problems {
    private Problems() {}

    static Kernel kernel(int kind, SplittableRandom random) {
        return switch (kind % 4) {
            case 0 -> new Kernel.Logit();
            case 1 -> new Kernel.Nested(0.1 + 0.9 * random.nextDouble());
            case 2 -> new Kernel.Covering();
            default -> new Kernel.Nested(random.nextBoolean() ? 1 : 0.5);
        };
    }

    /// A problem of 1..10 sites, of every kind: 1 to 3 resources, groups with a use when closed, required, forbidden and
    /// open today, t = 0 and t > 0, ratios over several orders of magnitude.
    static CaptureProblem small(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Kernel kernel = kernel((int) (seed % 4), random);
        int points = random.nextInt(0, 14);
        int sites = random.nextInt(0, 11);
        return CaptureProblem.of(kernel, rows(random, kernel, points, sites), sites(random, sites));
    }

    static CaptureProblem.Rows rows(SplittableRandom random, Kernel kernel, int points, int sites) {
        double[] weight = new double[points];
        double[] stays = new double[points];
        int[] start = new int[points + 1];
        int[] site = new int[points * sites];
        float[] ratio = new float[points * sites];
        boolean zero = random.nextBoolean();
        double spread = random.nextDouble() * 3;
        double density = 0.2 + 0.8 * random.nextDouble();
        int at = 0;
        for (int i = 0; i < points; i++) {
            weight[i] = random.nextInt(10) == 0 ? 0 : Math.exp(2 * random.nextDouble() - 1) * 100;
            stays[i] = zero || random.nextInt(4) == 0 ? 0 : Math.exp(spread * (2 * random.nextDouble() - 1));
            for (int j = 0; j < sites; j++) {
                if (random.nextDouble() < density) {
                    site[at] = j;
                    boolean whole = kernel instanceof Kernel.Covering && random.nextInt(3) > 0;
                    ratio[at++] = whole ? 1 : (float) Math.exp(spread * (2 * random.nextDouble() - 1));
                }
            }
            start[i + 1] = at;
        }
        return new CaptureProblem.Rows(weight, stays, start, Arrays.copyOf(site, at),
                Arrays.copyOf(ratio, at));
    }

    static CaptureProblem.Sites sites(SplittableRandom random, int sites) {
        int resources = random.nextInt(1, 4);
        int groups = random.nextInt(0, 4);
        boolean whole = random.nextBoolean();
        double[][] use = new double[resources][sites];
        double[][] noneUse = new double[resources][groups];
        double[] limit = new double[resources];
        for (int k = 0; k < resources; k++) {
            boolean count = random.nextInt(3) == 0;
            double sum = 0;
            for (int j = 0; j < sites; j++) {
                use[k][j] = count ? 1 : whole ? random.nextInt(0, 8) : random.nextDouble() * 5;
                sum += use[k][j];
            }
            for (int g = 0; g < groups; g++) {
                noneUse[k][g] = random.nextBoolean() ? 0 : random.nextInt(0, 4) * 0.5;
                sum += noneUse[k][g];
            }
            limit[k] = random.nextInt(8) == 0 ? 0 : count ? random.nextInt(0, sites + 2) : sum * random.nextDouble();
        }
        int[] group = new int[sites];
        boolean[] required = new boolean[sites];
        boolean[] forbidden = new boolean[sites];
        boolean[] today = new boolean[sites];
        boolean[] taken = new boolean[groups];
        for (int j = 0; j < sites; j++) {
            group[j] = groups > 0 && random.nextBoolean() ? random.nextInt(groups) : -1;
            required[j] = random.nextInt(15) == 0;
            forbidden[j] = random.nextInt(12) == 0;
            today[j] = random.nextInt(3) == 0 && (group[j] < 0 || !taken[group[j]]);
            if (today[j] && group[j] >= 0) {
                taken[group[j]] = true;
            }
        }
        return new CaptureProblem.Sites(sites, use, limit, group, noneUse, required, forbidden, today);
    }

    /// A small problem with what few have, by the seed: worth of sites, outsiders (not for covering), the worst of several scenarios.
    static CaptureProblem rare(long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        CaptureProblem p = seed % 3 == 0 ? outside(small(4 * seed + new int[] {0, 1, 3}[random.nextInt(3)]), random) : small(seed);
        if (random.nextBoolean()) {
            double[] worth = new double[p.sites()];
            Arrays.setAll(worth, _ -> random.nextInt(3) == 0 ? 0 : 60 * random.nextDouble() - 30);
            p = p.withWorth(worth);
        }
        if (seed % 3 == 1 || random.nextInt(4) == 0) {
            int[] blocks = new int[random.nextInt(2, 5)];
            for (int k = 1; k < blocks.length - 1; k++) {
                blocks[k] = random.nextInt(0, p.points() + 1);
            }
            blocks[blocks.length - 1] = p.points();
            Arrays.sort(blocks);
            p = p.worstOf(blocks);
        }
        return p;
    }

    /// Sites that are not in a row stand outside there, some of them.
    private static CaptureProblem outside(CaptureProblem p, SplittableRandom random) {
        int[] start = new int[p.points() + 1];
        int[] site = new int[p.points() * p.sites()];
        float[] ratio = new float[site.length];
        double[] beside = new double[p.points()];
        int at = 0;
        for (int i = 0; i < p.points(); i++) {
            beside[i] = random.nextInt(3) == 0 ? random.nextDouble() : 0;
            boolean[] inside = new boolean[p.sites()];
            for (int e = p.rowStart(i); e < p.rowStart(i + 1); e++) {
                inside[p.siteAt(e)] = true;
            }
            for (int j = 0; j < inside.length; j++) {
                if (!inside[j] && random.nextInt(3) > 0) {
                    site[at] = j;
                    ratio[at++] = (float) Math.exp(2 * random.nextDouble() - 1);
                }
            }
            start[i + 1] = at;
        }
        return p.withOutsiders(beside, start, Arrays.copyOf(site, at), Arrays.copyOf(ratio, at));
    }

    /// Flags of subset `bits`.
    static boolean[] subset(int sites, int bits) {
        boolean[] open = new boolean[sites];
        for (int j = 0; j < sites; j++) {
            open[j] = (bits >> j & 1) == 1;
        }
        return open;
    }

    /// Best net capture over every feasible subset; -infinite when there is none.
    static double bruteForce(CaptureProblem p) {
        double best = Double.NEGATIVE_INFINITY;
        for (int bits = 0; bits < 1 << p.sites(); bits++) {
            boolean[] open = subset(p.sites(), bits);
            if (p.isFeasible(open)) {
                best = Math.max(best, p.netCapture(open));
            }
        }
        return best;
    }

    /// What rounding may cost when two captures are compared.
    static double tolerance(CaptureProblem p) {
        double size = 0;
        for (double worth : p.extras().worth()) {
            size += Math.abs(worth);
        }
        if (size > 0 || p.extras().hasOutsiders() || p.extras().hasBlocks()) {
            for (int i = 0; i < p.points(); i++) {
                size += p.weight(i);
            }
            return 1e-8 * size + 1e-300;
        }
        boolean[] all = new boolean[p.sites()];
        Arrays.fill(all, true);
        return 1e-8 * p.capture(all) + 1e-300;
    }

    /// A small nation: points and sites in towns on a plane, each point sees its `near` strongest sites; site costs and running
    /// costs, groups of keep and upgrade for `groups` shops open today. Limits are `share` of the totals.
    static CaptureProblem nation(long seed, int points, int sites, int near, int groups, double share, double decay) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[sites];
        double[] y = new double[sites];
        double[][] use = new double[2][sites];
        int[] group = new int[sites];
        boolean[] today = new boolean[sites];
        double[] pull = new double[sites];
        for (int j = 0; j < sites; j++) {
            boolean upgrade = j < 2 * groups && j % 2 == 1;
            x[j] = upgrade ? x[j - 1] : random.nextDouble();
            y[j] = upgrade ? y[j - 1] : random.nextDouble();
            pull[j] = (upgrade ? pull[j - 1] + 0.5 : 0.3 * random.nextGaussian());
            use[0][j] = j < 2 * groups && !upgrade ? 0 : 0.5 + 1.5 * random.nextDouble();
            use[1][j] = 0.3 + random.nextDouble() + (upgrade ? 0.3 : 0);
            group[j] = j < 2 * groups ? j / 2 : -1;
            today[j] = j < 2 * groups && !upgrade;
        }
        double[] limit = new double[2];
        for (int k = 0; k < 2; k++) {
            for (int j = 0; j < sites; j++) {
                limit[k] += share * use[k][j];
            }
        }
        double[][] noneUse = new double[2][groups];
        Arrays.fill(noneUse[0], 0.2);
        CaptureProblem.Sites own = new CaptureProblem.Sites(sites, use, limit, group, noneUse, new boolean[sites],
                new boolean[sites], today);
        return CaptureProblem.of(new Kernel.Logit(), nearest(random, points, x, y, pull, near, decay), own);
    }

    private static CaptureProblem.Rows nearest(SplittableRandom random, int points, double[] x, double[] y,
            double[] pull, int near, double decay) {
        int sites = x.length;
        int width = Math.max(1, (int) Math.sqrt(sites / 4.0));
        List<List<Integer>> cells = new ArrayList<>();
        for (int c = 0; c < width * width; c++) {
            cells.add(new ArrayList<>());
        }
        for (int j = 0; j < sites; j++) {
            int row = (int) (x[j] * width);
            cells.get(row * width + (int) (y[j] * width)).add(j);
        }
        double unit = 1 / Math.sqrt(sites);
        double[] weight = new double[points];
        double[] stays = new double[points];
        int[] start = new int[points + 1];
        int[] site = new int[points * near];
        float[] ratio = new float[points * near];
        int at = 0;
        for (int i = 0; i < points; i++) {
            int town = random.nextInt(sites);
            double px = Math.clamp(x[town] + 1.5 * unit * random.nextGaussian(), 0, 0.999999);
            double py = Math.clamp(y[town] + 1.5 * unit * random.nextGaussian(), 0, 0.999999);
            weight[i] = 50 * Math.exp(random.nextGaussian());
            stays[i] = 0.1 * random.nextDouble();
            List<Integer> seen = new ArrayList<>();
            for (int ring = (int) Math.ceil(Math.sqrt(near / 4.0)); seen.size() < near && ring <= 2 * width; ring++) {
                seen.clear();
                int cx = (int) (px * width);
                int cy = (int) (py * width);
                for (int a = Math.max(0, cx - ring); a <= Math.min(width - 1, cx + ring); a++) {
                    for (int b = Math.max(0, cy - ring); b <= Math.min(width - 1, cy + ring); b++) {
                        seen.addAll(cells.get(a * width + b));
                    }
                }
            }
            double[] utility = new double[sites == 0 ? 0 : seen.size()];
            for (int s = 0; s < utility.length; s++) {
                int j = seen.get(s);
                utility[s] = pull[j] - decay * Math.hypot(px - x[j], py - y[j]) / unit;
            }
            double rivals = 0.5 + 2 * random.nextDouble();
            int[] order = Ascending.descending(utility);
            for (int s = 0; s < Math.min(near, order.length); s++) {
                site[at] = seen.get(order[s]);
                ratio[at++] = (float) (Math.exp(utility[order[s]]) / rivals);
            }
            start[i + 1] = at;
        }
        return new CaptureProblem.Rows(weight, stays, start, Arrays.copyOf(site, at),
                Arrays.copyOf(ratio, at));
    }
}

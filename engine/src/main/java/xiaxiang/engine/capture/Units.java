package xiaxiang.engine.capture;

import java.util.Arrays;

/// The free sites' choices: a unit is a group, or a site alone, of which at most one site opens. The use of a site is taken
/// net of its group's use with none open (so it may be negative), and `allowed` net of all groups' uses with none open; each
/// resource is divided by `scale` to be of order one.
final class Units {
    final int resources;
    final int sites;
    /// Members of unit u: `member[start[u]] .. member[start[u + 1] - 1]`.
    final int[] start;
    final int[] member;
    final int[] unitOf;
    /// Net use, scaled: `use[k][j]`.
    final double[][] use;
    /// What is left, scaled.
    final double[] allowed;
    final double[] scale;

    private Units(int[] unitOf, int units, double[][] use, double[] allowed) {
        this.resources = allowed.length;
        this.sites = unitOf.length;
        this.unitOf = unitOf;
        this.use = use;
        this.allowed = allowed;
        this.scale = new double[resources];
        for (int k = 0; k < resources; k++) {
            double most = Math.abs(allowed[k]);
            for (double u : use[k]) {
                most = Math.max(most, Math.abs(u));
            }
            scale[k] = most > 0 ? most : 1;
            allowed[k] /= scale[k];
            for (int j = 0; j < use[k].length; j++) {
                use[k][j] /= scale[k];
            }
        }
        start = new int[units + 1];
        for (int u : unitOf) {
            start[u + 1]++;
        }
        for (int u = 0; u < units; u++) {
            start[u + 1] += start[u];
        }
        member = new int[sites];
        int[] next = start.clone();
        for (int j = 0; j < sites; j++) {
            member[next[unitOf[j]]++] = j;
        }
    }

    static Units whole(CaptureProblem p) {
        int[] unitOf = new int[p.sites()];
        int units = p.groups();
        for (int j = 0; j < unitOf.length; j++) {
            unitOf[j] = p.group(j) >= 0 ? p.group(j) : units++;
        }
        double[][] use = new double[p.resources()][p.sites()];
        double[] allowed = new double[use.length];
        for (int k = 0; k < use.length; k++) {
            allowed[k] = p.allowed(k);
            for (int g = 0; g < p.groups(); g++) {
                allowed[k] -= p.noneUse(k, g);
            }
            for (int j = 0; j < unitOf.length; j++) {
                use[k][j] = p.use(k, j) - (p.group(j) >= 0 ? p.noneUse(k, p.group(j)) : 0);
            }
        }
        return new Units(unitOf, units, use, allowed);
    }

    /// Choices of a site and a wave: choice `j T + t` opens site j in wave t, or is none before `earliest[j]`; resource `k T + t` is resource k after wave t,
    /// of which `left[k T + t]` is left.
    Units waves(int waves, double[] left, int[] earliest) {
        int[] newUnitOf = new int[sites * waves];
        double[][] newUse = new double[resources * waves][sites * waves];
        for (int c = 0; c < newUnitOf.length; c++) {
            int j = c / waves;
            newUnitOf[c] = unitOf[j];
            for (int k = 0; k < resources; k++) {
                for (int t = c % waves; t < waves && c % waves >= earliest[j]; t++) {
                    newUse[k * waves + t][c] = use[k][j] * scale[k];
                }
            }
        }
        return new Units(newUnitOf, count(), newUse, left.clone());
    }

    int count() {
        return start.length - 1;
    }

    Units narrow(byte[] state, int[] local, int free) {
        int[] unit = new int[count()];
        Arrays.fill(unit, -1);
        int[] newUnitOf = new int[free];
        int units = 0;
        for (int j = 0; j < sites; j++) {
            if (state[j] == Slice.FREE) {
                if (unit[unitOf[j]] < 0) {
                    unit[unitOf[j]] = units++;
                }
                newUnitOf[local[j]] = unit[unitOf[j]];
            }
        }
        double[][] newUse = new double[resources][free];
        double[] newAllowed = new double[resources];
        for (int k = 0; k < resources; k++) {
            newAllowed[k] = allowed[k] * scale[k];
            for (int j = 0; j < sites; j++) {
                if (state[j] == Slice.OPEN) {
                    newAllowed[k] -= use[k][j] * scale[k];
                } else if (state[j] == Slice.FREE) {
                    newUse[k][local[j]] = use[k][j] * scale[k];
                }
            }
        }
        return new Units(newUnitOf, units, newUse, newAllowed);
    }

    /// Least use of resource k, scaled: 0 or the most negative of every unit.
    double least(int k) {
        double least = 0;
        for (int u = 0; u < count(); u++) {
            least += leastOf(k, u);
        }
        return least;
    }

    double leastOf(int k, int u) {
        double least = 0;
        for (int e = start[u]; e < start[u + 1]; e++) {
            least = Math.min(least, use[k][member[e]]);
        }
        return least;
    }

    /// Prices in the problem's own measure.
    double[] unscaled(double[] theta) {
        double[] own = new double[resources];
        for (int k = 0; k < resources; k++) {
            own[k] = theta[k] / scale[k];
        }
        return own;
    }

    /// gain less priced use of site j.
    double score(double gain, double[] theta, int j) {
        double score = gain;
        for (int k = 0; k < resources; k++) {
            score -= theta[k] * use[k][j];
        }
        return score;
    }

    /// `theta . allowed + sum over units of max(0, best score)`; the slope in theta goes to `slope`. O(sites x resources).
    double priced(double[] gain, double[] theta, double[] slope) {
        double value = 0;
        for (int k = 0; k < resources; k++) {
            value += theta[k] * allowed[k];
            slope[k] = allowed[k];
        }
        for (int u = 0; u < start.length - 1; u++) {
            double best = 0;
            int chosen = -1;
            for (int e = start[u]; e < start[u + 1]; e++) {
                int j = member[e];
                double score = score(gain[j], theta, j);
                if (score > best) {
                    best = score;
                    chosen = j;
                }
            }
            if (chosen >= 0) {
                value += best;
                for (int k = 0; k < resources; k++) {
                    slope[k] -= use[k][chosen];
                }
            }
        }
        return value;
    }
}

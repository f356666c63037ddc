package xiaxiang.engine.capture;

/// A plan under change: open sites, the sum of open ratios at every point, and what is used. Not for several threads at
/// once, except [#gain] and [#loss], which only read.
final class Standing {
    private final CaptureProblem.Rows rows;
    private final Columns columns;
    private final Kernel kernel;
    private final Extras extras;
    private final Columns outsiders;
    final boolean[] open;
    /// t_i + s_i.
    final double[] total;
    /// Weight of every point; of several scenarios, in the mean they were given.
    final double[] weight;
    /// What is beside at every point, or empty.
    private final double[] beside;
    private final Usage usage;

    Standing(CaptureProblem problem, boolean[] open) {
        this(problem, open, new double[0]);
    }

    /// With weights of the scenarios; none: all alike.
    Standing(CaptureProblem problem, boolean[] open, double[] lambda) {
        this.rows = problem.rows();
        this.columns = problem.columns();
        this.kernel = problem.kernel();
        this.open = new boolean[open.length];
        this.total = rows.stays().clone();
        this.extras = problem.extras();
        this.outsiders = problem.outsiderColumns();
        this.beside = extras.beside().clone();
        this.weight = lambda.length == 0 ? rows.weight() : weighted(lambda);
        this.usage = new Usage(problem);
        for (int j = 0; j < open.length; j++) {
            if (open[j]) {
                add(j);
            }
        }
    }

    private double[] weighted(double[] lambda) {
        double[] part = rows.weight().clone();
        for (int i = 0; i < part.length; i++) {
            part[i] *= lambda[extras.scenario(i)];
        }
        return part;
    }

    /// The open site of j's group, or -1.
    int openBeside(int j) {
        return usage.openBeside(j);
    }

    void add(int j) {
        open[j] = true;
        usage.count(j, 1);
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            total[columns.point()[e]] += columns.ratio()[e];
        }
        countBeside(j);
    }

    /// Works out anew what is beside at the points where j is: no difference is left behind by rounding.
    private void countBeside(int j) {
        for (int e = beside.length == 0 ? 0 : outsiders.start()[j]; beside.length > 0 && e < outsiders.start()[j + 1]; e++) {
            int i = outsiders.point()[e];
            beside[i] = extras.beside(i, open);
        }
    }

    void remove(int j) {
        open[j] = false;
        usage.count(j, -1);
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            int i = columns.point()[e];
            total[i] = without(i, columns.ratio()[e]);
        }
        countBeside(j);
    }

    /// Total at point i less the ratio r of a site just closed; worked out anew where little would be left but rounding.
    private double without(int i, double r) {
        double rest = total[i] - r;
        if (rest > 1e-3 * r) {
            return rest;
        }
        double sum = rows.stays()[i];
        for (int e = rows.start()[i]; e < rows.start()[i + 1]; e++) {
            sum += open[rows.site()[e]] ? rows.ratio()[e] : 0;
        }
        return sum;
    }

    /// What opening the closed site j would capture more; its group must have none open. O(points of j).
    double gain(int j) {
        double gain = extras.worth(j);
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            int i = columns.point()[e];
            gain += weight[i] * rise(i, total[i], columns.ratio()[e]);
        }
        return beside.length == 0 ? gain : gain - lostBeside(j, false);
    }

    private double rise(int i, double from, double r) {
        return beside.length == 0 ? kernel.rise(from, r) : kernel.beside(beside[i]).rise(from, r);
    }

    /// What counts less where site j stands beside, when it opens, or has since it did.
    private double lostBeside(int j, boolean isOpen) {
        double lost = 0;
        for (int e = outsiders.start()[j]; e < outsiders.start()[j + 1]; e++) {
            int i = outsiders.point()[e];
            double r = outsiders.ratio()[e];
            double without = isOpen ? Math.max(0, beside[i] - r) : beside[i];
            lost += weight[i] * (kernel.beside(without).value(total[i]) - kernel.beside(without + r).value(total[i]));
        }
        return lost;
    }

    /// What closing the open site j would lose. O(points of j).
    double loss(int j) {
        double loss = extras.worth(j);
        for (int e = columns.start()[j]; e < columns.start()[j + 1]; e++) {
            int i = columns.point()[e];
            double r = columns.ratio()[e];
            loss += weight[i] * rise(i, Math.max(rows.stays()[i], total[i] - r), r);
        }
        return beside.length == 0 ? loss : loss - lostBeside(j, true);
    }

    /// Whether adding site j leaves every resource within what is allowed; j's group must have none open.
    boolean fits(int j) {
        return usage.fits(j);
    }

    /// Whether every resource is within what is allowed now.
    boolean fits() {
        return usage.fits();
    }

    /// At given prices, what opening site j costs more than none of its group.
    double price(int j, double[] prices) {
        return usage.price(j, prices);
    }
}

package xiaxiang.engine.capture;

/// The ratio test of [DualSimplex]: candidates by the step at which their price or gain reaches 0, each with what passing it takes off the slope.
final class Ratios {
    /// No step is long enough: the program is infeasible.
    static final int NONE = -1;
    /// The leaving slack changes its side before anything enters.
    static final int OWN = -2;
    private static final double TIE = 1e-11;

    final int[] variable;
    private final double[] at;
    private final double[] rate;
    private final double[] drop;
    private final int[] heap;
    int size;
    private int heaped;
    /// Length of the step, and by how much the bound falls with it.
    double step;
    double fall;

    Ratios(int most) {
        variable = new int[most];
        at = new double[most];
        rate = new double[most];
        drop = new double[most];
        heap = new int[most];
    }

    void clear() {
        size = 0;
    }

    void add(int variable, double at, double rate, double drop) {
        this.variable[size] = variable;
        this.at[size] = at;
        this.rate[size] = rate;
        this.drop[size++] = drop;
    }

    /// The variable to enter after the longest step that still pays, when the bound falls by `slope` a step at first and the leaving slack changes side
    /// at `own`: of those met at nearly the same step the one with the largest rate.
    int enter(double slope, double own) {
        for (int c = 0; c < size; c++) {
            heap[c] = c;
        }
        heaped = size;
        for (int c = size / 2 - 1; c >= 0; c--) {
            sift(c);
        }
        step = 0;
        fall = 0;
        double left = slope;
        while (heaped > 0) {
            double first = at[heap[0]];
            if (own <= first) {
                break;
            }
            fall += left * (first - step);
            step = first;
            int best = -1;
            while (heaped > 0 && at[heap[0]] <= first + TIE) {
                int c = pop();
                left -= drop[c];
                best = best < 0 || rate[c] > rate[best] || (rate[c] == rate[best] && variable[c] < variable[best]) ? c : best;
            }
            if (left <= 0) {
                step = at[best];
                return variable[best];
            }
        }
        if (own == Double.POSITIVE_INFINITY) {
            return NONE;
        }
        fall += left * (own - step);
        step = own;
        return OWN;
    }

    private boolean before(int a, int b) {
        return at[a] != at[b] ? at[a] < at[b] : variable[a] < variable[b];
    }

    private int pop() {
        int top = heap[0];
        heap[0] = heap[--heaped];
        sift(0);
        return top;
    }

    private void sift(int from) {
        int c = from;
        int moving = heap[c];
        for (int child = 2 * c + 1; child < heaped; child = 2 * c + 1) {
            if (child + 1 < heaped && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], moving)) {
                break;
            }
            heap[c] = heap[child];
            c = child;
        }
        heap[c] = moving;
    }
}

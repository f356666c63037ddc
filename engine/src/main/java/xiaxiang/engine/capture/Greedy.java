package xiaxiang.engine.capture;

/// Lazy greedy: opens the site with the largest gain per priced use while anything fits. A site's gain only shrinks as others
/// open, so a stale key is an upper bound and few gains are worked out twice. Source: Minoux (1978).
final class Greedy {
    private final Standing standing;
    private final CaptureProblem problem;
    private final double[] prices;
    private final double[] key;
    private final int[] heap;
    private final int[] round;
    private int size;

    private Greedy(CaptureProblem problem, Standing standing, double[] prices) {
        this.problem = problem;
        this.standing = standing;
        this.prices = prices;
        this.key = new double[problem.sites()];
        this.heap = new int[problem.sites()];
        this.round = new int[problem.sites()];
    }

    /// Opens sites in `standing`; prices of all 0 mean plain gain.
    static void fill(CaptureProblem problem, Standing standing, double[] prices, Cores cores) {
        new Greedy(problem, standing, prices).run(cores);
    }

    private void run(Cores cores) {
        cores.blocks(key.length, 256, (from, to) -> {
            for (int j = from; j < to; j++) {
                key[j] = isCandidate(j) ? worth(j) : 0;
            }
        });
        for (int j = 0; j < key.length; j++) {
            if (isCandidate(j) && key[j] > 0) {
                push(j);
            }
        }
        int now = 0;
        while (size > 0) {
            int j = pop();
            if (!isCandidate(j) || !standing.fits(j)) {
                continue;
            }
            if (round[j] == now) {
                standing.add(j);
                now++;
                continue;
            }
            key[j] = worth(j);
            round[j] = now;
            if (key[j] > 0) {
                push(j);
            }
        }
    }

    private boolean isCandidate(int j) {
        return !standing.open[j] && !problem.isForbidden(j) && standing.openBeside(j) < 0;
    }

    private double worth(int j) {
        double gain = standing.gain(j);
        double price = standing.price(j, prices);
        boolean plain = true;
        for (double p : prices) {
            plain &= p == 0;
        }
        if (plain) {
            return gain;
        }
        return price <= 0 ? gain * 1e100 : gain / Math.max(price, 1e-100);
    }

    private boolean before(int a, int b) {
        return key[a] != key[b] ? key[a] > key[b] : a < b;
    }

    private void push(int j) {
        int at = size++;
        while (at > 0 && before(j, heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = j;
    }

    private int pop() {
        int top = heap[0];
        int last = heap[--size];
        int at = 0;
        for (int child = 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], last)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return top;
    }
}

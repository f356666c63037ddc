package xiaxiang.engine.capture;

/// A running sum that keeps what rounding loses. Source: Neumaier (1974).
final class Neumaier {
    private double sum;
    private double lost;

    void add(double term) {
        double next = sum + term;
        lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }

    double value() {
        return sum + lost;
    }
}

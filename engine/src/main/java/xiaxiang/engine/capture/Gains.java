package xiaxiang.engine.capture;

/// At a fractional x, an upper bound of what every plan captures: `constant + gain . x`, the least there is at x of its family.
abstract class Gains {
    /// What each choice adds.
    final double[] gain;
    /// Minus the diagonal of the second derivative, roughly.
    final double[] bend;
    /// What the cuts give with nothing open.
    double constant;
    /// Value of x, without what is open already: the cut's, and for covering that of the smooth function whose slopes the cuts take, which is below.
    double value;
    /// Half the width over which a covering cut's slope falls from 1 to 0, as a part of the room.
    double blur = 0.2;

    Gains(int choices) {
        gain = new double[choices];
        bend = new double[choices];
    }

    /// Fills the fields above, and the marks' rho and sigma.
    abstract void at(double[] x, Marks marks);
}

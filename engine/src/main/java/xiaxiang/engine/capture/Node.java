package xiaxiang.engine.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A node of the search tree. Sites are numbered as in the whole problem, except in `state` and `near`, which follow the slice the
/// tree stands on.
final class Node {
    /// Not bounded yet: its parent's cut bounds it.
    static final int PENDING = 0;
    /// Bounded, and good enough.
    static final int LEAF = 1;
    /// Bounded, and split in two.
    static final int BRANCHED = 2;
    /// Beyond the resources at `deadPrices`.
    static final int DEAD = 3;

    /// Order of creation: decides between equal bounds.
    final long id;
    /// One of [Slice]'s states a site.
    final byte[] state;
    /// x to begin at, or nothing known.
    final float @Nullable [] near;
    /// Where the parent's linear program stood, or nothing known; given up once the node is bounded.
    DualSimplex.@Nullable Basis basis;
    /// The branch that led here: its site or -1, its side, the parent's bound, and by how much it moves the site's x.
    int branchedAt = -1;
    boolean opened;
    double parentBound;
    double moved;
    /// Gross bound by the parent's cut.
    final double inherited;
    int kind = PENDING;
    /// Weights of the scenarios in the bound, or none; to begin with, the parent's.
    double[] lambda = new double[0];
    /// Gross bound of what is left after `fixed`, and the largest bound of the sides `fixed` cut off.
    double bound;
    double sides = Double.NEGATIVE_INFINITY;
    /// Least gross bound known of all below: `inherited`, or what the node and those below it prove.
    double reach;
    /// Whether the parent's cut alone is as good as all below.
    boolean needless;
    /// Sites that no longer fit, and the prices that say so, one each.
    int[] unfit = new int[0];
    double[][] unfitPrices = new double[0][];
    double @Nullable [] deadPrices;
    /// The layers of the bound's cut, kept for the certificate unless that grew too large.
    @Nullable List<Certificate.Multipliers> multipliers;
    /// Sites fixed by the bound: `2 j` closed, `2 j + 1` open.
    int[] fixed = new int[0];
    int branchSite = -1;
    @Nullable Node closedSide;
    @Nullable Node openSide;
    /// A plan met on the way, or none.
    boolean @Nullable [] plan;
    long iterations;

    Node(long id, byte[] state, float @Nullable [] near, double inherited) {
        this.id = id;
        this.state = state;
        this.near = near;
        this.inherited = inherited;
    }

    /// Notes the branch that led here.
    void branchedFrom(Bounding parent, boolean open) {
        branchedAt = parent.branchSite();
        opened = open;
        parentBound = parent.relaxed();
        moved = parent.moved(open);
    }
}

/// Where to open, keep, upgrade and close so that the brand gains most, with a proof of how good the plan is.
///
/// Takes: points with a weight (units a year), what is ours and stays there, and for each point the sites it would
/// consider with their strength relative to everything that is not ours ([CaptureProblem]). Gives: an [Outcome], that is
/// a [Plan], a lower and an upper bound of its net capture, and a [Certificate] that [Verifier] checks without the solver.
///
/// The problem. Maximise `Z(S) - Z(openToday)`, `Z(S) = sum_i q_i [g(t_i + s_i) - g(t_i)]`, `s_i = sum of r_ij over j in S`,
/// under resources, groups (at most one open site each), required and forbidden sites. g is concave with g(0) = 0.
///
/// The bound. Write `g_t(s) = g(t + s) - g(t)`. For any `rho >= 0` let `l = g_t'(rho)`, `c = g_t(rho) - l rho`. For every S
///
///     g_t(s) <= c + sum over j in S of a_j,   a_j = l r_j if r_j <= rho, otherwise g_t(r_j) - c.
///
/// Why: with none open, c >= 0 by concavity. A first site with r > rho gives exactly c + a. Once s >= rho, a site with
/// r <= rho adds at most l r; another large one adds `g(s + r) - g(s) <= g(rho + r) - g(rho) <= g(r) - (g(rho) - l rho)
/// = a` because increments of a concave function shrink. When only small sites are open it is the plain tangent at rho.
/// Best rho for a fractional x: the root of `sum_j x_j min(1, r_j / rho) = 1`, or 0 when `sum_j x_j <= 1`.
/// The cut around chosen sites (found here). Let C be any sites, `tau` the sum of their ratios at the point, and `0 <= rho <= sigma`; let
/// `l = g_t'(tau + rho)` and `k = g_t'(tau + sigma) <= l`. Define, for v >= 0, the most that v can become when the chosen sites may add up to tau at the
/// price k and others any amount at the price l:
///
///     h(v) = max over 0 <= u <= tau, w >= 0 of g_t(v + u + w) - k u - l w.
///
/// h is concave, being a supremal convolution of concave functions, so its increments shrink, and for every S
///
///     g_t(s) <= h(0) + sum over j in S of a_j,   a_j = k r_j if j is chosen, l r_j if r_j <= rho, otherwise h(r_j) - h(0).
///
/// Why: take u and w to be what the chosen and the small sites of S add; then g_t(s) <= h(sum of the large) + priced u and w, and
/// h(v1 + v2 + ..) - h(0) <= sum of h(v) - h(0). In closed form h(0) = g_t(tau + rho) - l rho - k tau and, for v > rho: g_t(v + tau) - k tau up to
/// v = sigma; g_t(tau + sigma) - k (tau + sigma - v) up to v = tau + sigma; g_t(v) beyond. With C empty it is the lifted cut; with every x_j of C at 1 and
/// sigma beyond all others it is the lifted cut after C has been opened, but it holds whether C is open or not: where a plan's shops are nearly certain
/// the lifted cut lets a small one count for more than itself while a large one is closed, and this one does not. Best for a fractional x: rho the root
/// of `sum_j x_j min(1, r_j / rho) = 1`, sigma the root of `sum_j x_j min(tau, max(0, r_j - sigma)) = sum over C of r_j (1 - x_j)`, over the others j.
///
/// The mean of cuts: each is a bound linear in the sites that holds for every S, so any mean of them, by shares >= 0 that sum to 1, is one too. Where the
/// sum of the best cuts has kinks at the best x, no single cut proves its value there, but a mean of the cuts around it does ([Bundle]).
///
/// Summed over points, the cut is linear in the sites; prices theta >= 0 of the resources split it into one maximum per
/// group, so that any rho and any theta prove an upper bound. A branch is the same problem with t shifted.
///
/// The worst of several scenarios ([Scenarios]): `min_k Z_k(S) <= sum_k lambda_k Z_k(S)` for weights lambda >= 0 that sum to 1, so any cut of any mean holds.
/// Profit by shop ([Profit]): a sum of layers by margin, in each of which only the sites at or above a margin count; leaving those below out only raises it,
/// and `u -> u g(o + u) / (o + u)`, what counts beside an open sum o, is concave ([Kernel.Beside]).
///
/// Several waves ([WaveProblem]): a problem without waves once site j is taken once for each wave it may open in, and point i once for each wave. Row (i, t)
/// then holds j at one ratio for each wave up to t, so its cut is that of row i at the sum of those x, and T passes over the rows bound all ([WaveCuts]).
///
/// Sources: Ahmed and Atamtuerk, Maximizing a class of submodular utility functions (2011), lifted submodular inequalities;
/// Ljubic and Moreno, Outer approximation and submodular cuts for maximum capture (2018); Mai and Lodi, A multicut
/// outer-approximation approach for competitive facility location (2020); Beck and Teboulle (2009) and O'Donoghue and
/// Candes (2015) for the accelerated projected gradient with restarts; Lemarechal (1977) and Kiwiel (1990) for proximal bundles; Minoux (1978) for lazy greedy.
///
/// Invariants: the same input gives the same output, bit for bit, for any number of threads; the clock decides nothing but
/// when to report, unless a time limit is asked for; nothing is written anywhere but to a stream the caller gives.
@NullMarked
package xiaxiang.engine.capture;

import org.jspecify.annotations.NullMarked;

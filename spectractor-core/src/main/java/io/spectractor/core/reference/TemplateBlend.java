package io.spectractor.core.reference;

import io.spectractor.core.fit.FitException;
import io.spectractor.core.fit.SymmetricSolver;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Bends a template towards many others at once. The logarithm of the blend is that of the template t plus the sum of shares
 * times (log other - log t), one share for each of the others that explain the spectrum best alone, and one for a star
 * without lines, which makes all lines deeper or shallower. Temperature, gravity and abundances are such directions, and
 * none of them needs a name.
 *
 * <p>The shares have a Gaussian prior around 0. Its width is the one of the largest marginal likelihood, with the smooth
 * factor and the variance of the columns (at least that of their errors) unknown as well, so that a spectrum that says
 * nothing of them leaves them at 0.
 */
final class TemplateBlend {
    private static final int MOST = 30;
    /** 1σ of a share, the largest first: each begins where the one before ended. */
    private static final double[] WIDTHS = {0.4, 0.2, 0.1, 0.05};

    private static final int FIRST_STEPS = 4;
    private static final int STEPS = 2;
    /** Decrease of -2 ln L that a blend must bring. */
    private static final double WORTH = 4;
    /** Light below this share of the mean has no logarithm. */
    private static final double FAINTEST = 1e-4;

    private static final int NAMED = 2;

    private final ColumnModel model;
    private final SmoothFactor factor;
    private final double[] edges;
    private final double redshift;
    private final StarTemplate start;
    private final List<StarTemplate> others;
    /** log other - log start, on {@link TemplateGrid}. */
    private final double[][] directions;

    private TemplateBlend(
            Hypothesis start, List<StarTemplate> others, ColumnModel model, SmoothFactor factor, double[] edges) {
        this.model = model;
        this.factor = factor;
        this.edges = edges;
        this.redshift = start.redshift();
        this.start = start.template();
        this.others = others;
        this.directions = new double[others.size()][TemplateGrid.SIZE];
        for (int k = 0; k < directions.length; k++) {
            double[] other = others.get(k).flux();
            for (int i = 0; i < TemplateGrid.SIZE; i++) {
                directions[k][i] = log(other[i]) - log(this.start.flux()[i]);
            }
        }
    }

    private static double log(double flux) {
        return Math.log(Math.max(flux, FAINTEST));
    }

    /**
     * A blend.
     *
     * @param template what came of it
     * @param directions by which its logarithm may change, on {@link TemplateGrid}; none if the template is as it was
     * @param width 1σ of a share of each
     */
    record Blend(StarTemplate template, double[][] directions, double width) {
        /** The template alone. */
        static Blend none(StarTemplate template) {
            return new Blend(template, new double[0][], 0);
        }

        /** The template with a small share more of a direction. */
        StarTemplate moved(int direction, double share) {
            double[] flux = template.flux().clone();
            for (int i = 0; i < flux.length; i++) {
                flux[i] *= Math.exp(share * directions[direction][i]);
            }
            return new StarTemplate(template.name(), template.stars(), flux);
        }
    }

    /**
     * @param start what is bent, and where its features fall
     * @param templates candidates
     */
    static Blend of(Hypothesis start, List<StarTemplate> templates, ColumnModel model, SmoothFactor factor) {
        double[] edges = model.edgesNm(start.distanceMm(), start.shiftPx());
        SmoothFactor there = factor.with(model.bands(edges));
        record Tried(StarTemplate template, double chi2) {}
        List<Tried> tried = new ArrayList<>();
        for (StarTemplate t : templates) {
            tried.add(new Tried(t, there.chi2(ColumnModel.light(model.seen(t, start.redshift()), edges))));
        }
        tried.sort(Comparator.comparingDouble(Tried::chi2));
        List<StarTemplate> others = new ArrayList<>();
        for (Tried t : tried.subList(0, Math.min(MOST, tried.size()))) {
            others.add(t.template());
        }
        others.add(StarTemplate.withoutLines());
        return new TemplateBlend(start, others, model, there, edges).best();
    }

    private Blend best() {
        int n = directions.length;
        double[] shares = new double[n];
        double least = misfit(State.of(this, shares).chi2) - WORTH;
        Blend best = Blend.none(start);
        for (int w = 0; w < WIDTHS.length; w++) {
            double precision = 1 / (WIDTHS[w] * WIDTHS[w]);
            Solution solution;
            try {
                solution = solve(shares, precision, w == 0 ? FIRST_STEPS : STEPS);
            } catch (FitException e) {
                // so close together are the templates that their shares can't be told apart
                continue;
            }
            shares = solution.shares;
            if (solution.evidence < least) {
                least = solution.evidence;
                double[] flux = TemplateGrid.normalised(flux(shares));
                best = new Blend(new StarTemplate(name(shares), stars(), flux), directions, WIDTHS[w]);
            }
        }
        return best;
    }

    /**
     * Shares with one prior.
     *
     * @param evidence -2 ln L, up to a constant
     */
    private record Solution(double[] shares, double evidence) {}

    /** How the spectrum is explained with given shares. */
    private static final class State {
        final double[] flux;
        final double[] light;
        final double chi2;
        final double[] smooth;

        private State(double[] flux, double[] light, SmoothFactor.Fit fit) {
            this.flux = flux;
            this.light = light;
            this.chi2 = fit.chi2();
            this.smooth = fit.factor();
        }

        static State of(TemplateBlend blend, double[] shares) {
            double[] flux = blend.flux(shares);
            double[] light = blend.light(flux);
            return new State(flux, light, blend.factor.fit(light));
        }
    }

    private Solution solve(double[] from, double precision, int steps) {
        int n = from.length;
        double[] shares = from;
        State state = State.of(this, shares);
        double determinants = 0;
        double scale = 1;
        for (int step = 0; step < steps; step++) {
            scale = Math.max(1, state.chi2 / factor.freedom());
            double[][] slopes = new double[n][];
            for (int k = 0; k < n; k++) {
                slopes[k] = slope(state, k);
            }
            SmoothFactor.Joint joint = factor.joint(state.light, slopes);
            int size = joint.factorSize() + n;
            double[] normal = joint.normal();
            double[] right = joint.right();
            for (int k = 0; k < n; k++) {
                int at = joint.factorSize() + k;
                normal[at * size + at] += scale * precision;
                right[at] -= scale * precision * shares[k];
            }
            SymmetricSolver all = SymmetricSolver.factor(normal, size);
            determinants =
                    all.logDeterminant() - joint.factorDeterminant() - n * Math.log(scale) - n * Math.log(precision);
            double[] move = all.solve(right);
            double cost = state.chi2 + scale * precision * square(shares);
            State next = state;
            double[] moved = shares;
            boolean better = false;
            for (double length = 1; length > 0.1 && !better; length /= 2) {
                moved = new double[n];
                for (int k = 0; k < n; k++) {
                    moved[k] = shares[k] + length * move[joint.factorSize() + k];
                }
                next = State.of(this, moved);
                better = next.chi2 + scale * precision * square(moved) < cost;
            }
            if (!better) {
                break;
            }
            shares = moved;
            state = next;
        }
        double penalised = state.chi2 + scale * precision * square(shares);
        return new Solution(shares, misfit(penalised) + determinants);
    }

    /** -2 ln L, up to a constant, of columns whose variance is what their errors say or more. */
    private double misfit(double chi2) {
        int n = factor.freedom();
        return chi2 < n ? chi2 : n + n * Math.log(chi2 / n);
    }

    private static double square(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return sum;
    }

    /** Change of the expected columns with a share. */
    private double[] slope(State state, int k) {
        double[] change = new double[TemplateGrid.SIZE];
        for (int i = 0; i < change.length; i++) {
            change[i] = state.flux[i] * directions[k][i];
        }
        double[] slope = light(change);
        for (int i = 0; i < slope.length; i++) {
            slope[i] *= state.smooth[i];
        }
        return slope;
    }

    private double[] light(double[] flux) {
        return ColumnModel.light(model.seen(new StarTemplate("", Set.of(), flux), redshift), edges);
    }

    private double[] flux(double[] shares) {
        double[] flux = new double[TemplateGrid.SIZE];
        for (int i = 0; i < flux.length; i++) {
            double sum = log(start.flux()[i]);
            for (int k = 0; k < shares.length; k++) {
                sum += shares[k] * directions[k][i];
            }
            flux[i] = Math.exp(sum);
        }
        return flux;
    }

    /** The template and the others of the largest shares. */
    private String name(double[] shares) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k + 1 < shares.length; k++) {
            order.add(k);
        }
        order.sort(Comparator.comparingDouble(k -> -Math.abs(shares[k])));
        StringBuilder name = new StringBuilder("(").append(start.name());
        for (int k = 0; k < Math.min(NAMED, order.size()); k++) {
            name.append(" & ").append(others.get(order.get(k)).name());
        }
        return name.append(" & others)").toString();
    }

    private Set<String> stars() {
        Set<String> stars = new TreeSet<>(start.stars());
        others.forEach(o -> stars.addAll(o.stars()));
        return stars;
    }
}

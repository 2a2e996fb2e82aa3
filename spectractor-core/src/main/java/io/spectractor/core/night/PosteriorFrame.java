package io.spectractor.core.night;

import io.spectractor.core.fit.SymmetricSolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Coordinates in which the posterior of a night is nearly a Gaussian of mean 0 and covariance 1: those of the parameters of
 * all spectra first, then those of each spectrum for given ones of all.
 *
 * <p>The logarithm stands for each coefficient of a throughput, as it does for grey factors: the product of the two is what the
 * spectra know, and in logarithms the direction that they know nothing about is a straight one. What the fit held at an edge of
 * its range moves here; the Gaussian then is the one that the fit would lead to beyond the edge, cut off by a wall. Immutable.
 */
final class PosteriorFrame {
    /** Walls further away than this many sigmas are not watched. */
    private static final double FAR = 12;

    private final JointResult fit;
    private final NightPrior free;
    private final NightLayout layout;
    private final boolean[] logarithmic;
    private final double[] centre;
    private final double[][] ownCentre;
    private final double[] root;
    private final double[][] ownRoots;
    private final double[][] coupling;
    private final List<ReflectingWall> walls = new ArrayList<>();

    /**
     * Values of all parameters.
     *
     * @param all of all spectra
     * @param own of each
     * @param logVolume logarithm of the volume that a unit of the coordinates has here, but for a constant
     */
    record Point(double[] all, List<double[]> own, double logVolume) {}

    PosteriorFrame(JointResult fit) {
        this.fit = fit;
        this.layout = fit.layout();
        int g = layout.globals();
        int n = layout.locals();
        int size = fit.spectra().size();
        this.logarithmic = layout.coefficientPlaces();
        this.free = fit.prior().without(fit.spectra(), layout);
        ArrowheadSystem system = new ArrowheadSystem(layout, fit.spectra(), fit.sums(), free);
        double[] slope = new double[g];
        for (int i = 0; i < g; i++) {
            slope[i] = logarithmic[i] ? 1 + fit.all()[i] : 1;
        }
        double[] covariance = system.globalCovariance();
        for (int i = 0; i < g; i++) {
            for (int j = 0; j < g; j++) {
                covariance[i * g + j] /= slope[i] * slope[j];
            }
        }
        this.root = lower(covariance, g);
        double[] step = system.globalStep();
        this.centre = new double[g];
        for (int i = 0; i < g; i++) {
            centre[i] = (logarithmic[i] ? Math.log1p(fit.all()[i]) : fit.all()[i]) + step[i] / slope[i];
        }
        this.ownCentre = new double[size][];
        this.ownRoots = new double[size][];
        this.coupling = new double[size][];
        for (int k = 0; k < size; k++) {
            ownCentre[k] = fit.own().get(k).clone();
            double[] ownStep = system.localStep(k, step);
            for (int l = 0; l < n; l++) {
                ownCentre[k][l] += ownStep[l];
            }
            ownRoots[k] = lower(system.conditional(k), n);
            coupling[k] = system.coupling(k).clone();
            for (int l = 0; l < n; l++) {
                for (int j = 0; j < g; j++) {
                    coupling[k][l * g + j] *= slope[j];
                }
            }
        }
        addWalls();
    }

    int dimension() {
        return layout.globals() + layout.locals() * ownRoots.length;
    }

    List<ReflectingWall> walls() {
        return List.copyOf(walls);
    }

    /** Lower triangle L of a covariance L L^T, whatever the units. */
    private static double[] lower(double[] covariance, int n) {
        double[] scaled = new double[n * n];
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = Math.sqrt(covariance[i * n + i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] = i == j ? 1 : covariance[i * n + j] / (scale[i] * scale[j]);
            }
        }
        double[] factor = SymmetricSolver.factor(scaled, n).lower();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                factor[i * n + j] *= scale[i];
            }
        }
        return factor;
    }

    /** The parameters at a position. */
    Point point(double[] position) {
        int g = layout.globals();
        int n = layout.locals();
        double[] step = times(root, g, position, 0);
        double[] all = new double[g];
        double logVolume = 0;
        for (int i = 0; i < g; i++) {
            all[i] = centre[i] + step[i];
            if (logarithmic[i]) {
                logVolume += all[i];
                all[i] = Math.expm1(all[i]);
            }
        }
        List<double[]> own = new ArrayList<>();
        for (int k = 0; k < ownRoots.length; k++) {
            double[] local = times(ownRoots[k], n, position, g + k * n);
            for (int l = 0; l < n; l++) {
                local[l] += ownCentre[k][l];
                for (int j = 0; j < g; j++) {
                    local[l] -= coupling[k][l * g + j] * step[j];
                }
            }
            own.add(local);
        }
        return new Point(all, own, logVolume);
    }

    private static double[] times(double[] lower, int n, double[] v, int offset) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                out[i] += lower[i * n + j] * v[offset + j];
            }
        }
        return out;
    }

    private static void timesTransposed(double[] lower, int n, double[] v, double[] out, int offset) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                out[offset + j] += lower[i * n + j] * v[i];
            }
        }
    }

    /** The position of the fit, which lies within all walls or on them. */
    double[] position() {
        int g = layout.globals();
        int n = layout.locals();
        double[] out = new double[dimension()];
        double[] step = new double[g];
        for (int i = 0; i < g; i++) {
            step[i] = (logarithmic[i] ? Math.log1p(fit.all()[i]) : fit.all()[i]) - centre[i];
        }
        solve(root, g, step, out, 0);
        for (int k = 0; k < ownRoots.length; k++) {
            double[] local = fit.own().get(k).clone();
            for (int l = 0; l < n; l++) {
                local[l] -= ownCentre[k][l];
                for (int j = 0; j < g; j++) {
                    local[l] += coupling[k][l * g + j] * step[j];
                }
            }
            solve(ownRoots[k], n, local, out, g + k * n);
        }
        return out;
    }

    private static void solve(double[] lower, int n, double[] b, double[] out, int offset) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int j = 0; j < i; j++) {
                sum -= lower[i * n + j] * out[offset + j];
            }
            out[offset + i] = sum / lower[i * n + i];
        }
    }

    /** What the coordinates of parameters that are held cost: they are idle, and as Gaussian as the others. */
    double idle(double[] position) {
        double sum = 0;
        for (int i = 0; i < layout.globals(); i++) {
            sum += free.globalHeld(i) ? position[i] * position[i] : 0;
        }
        return sum;
    }

    /** The same for the coordinates of a spectrum. */
    double idle(double[] position, int k) {
        double sum = 0;
        int from = layout.globals() + k * layout.locals();
        for (int l = 0; l < layout.locals(); l++) {
            sum += free.localHeld(k, l) ? position[from + l] * position[from + l] : 0;
        }
        return sum;
    }

    private void addWalls() {
        int g = layout.globals();
        for (AtmosphereQuantity q : AtmosphereQuantity.values()) {
            boolean one = layout.settings().timeVariation(q) == TimeVariation.CONSTANT
                    && !layout.air().scatters(q);
            int count = one ? 1 : ownRoots.length;
            for (int k = 0; k < count; k++) {
                double[] byAll = new double[g];
                double[] byOwn = new double[layout.locals()];
                layout.air().derivatives(q, fit.spectra().get(k), byAll, byOwn);
                double at = layout.air().value(q, fit.spectra().get(k), centre, ownCentre[k]);
                add(
                        byAll,
                        byOwn,
                        k,
                        at,
                        fit.limits().range(q).min(),
                        fit.limits().range(q).max());
            }
        }
        if (layout.settings().angstromFree()) {
            double[] byAll = new double[g];
            byAll[layout.angstrom()] = 1;
            var range = fit.limits().ranges().angstrom();
            add(byAll, new double[layout.locals()], 0, centre[layout.angstrom()], range.min(), range.max());
        }
    }

    private void add(double[] byAll, double[] byOwn, int k, double at, double min, double max) {
        int g = layout.globals();
        int n = layout.locals();
        double[] slope = new double[g + n];
        double[] shared = byAll.clone();
        for (int l = 0; l < n; l++) {
            for (int j = 0; byOwn[l] != 0 && j < g; j++) {
                shared[j] -= coupling[k][l * g + j] * byOwn[l];
            }
        }
        timesTransposed(root, g, shared, slope, 0);
        timesTransposed(ownRoots[k], n, byOwn, slope, g);
        int[] places = new int[g + n];
        double square = 0;
        int used = 0;
        double[] normal = new double[g + n];
        for (int i = 0; i < g + n; i++) {
            if (slope[i] != 0) {
                places[used] = i < g ? i : g + k * n + (i - g);
                normal[used++] = slope[i];
                square += slope[i] * slope[i];
            }
        }
        double length = Math.sqrt(square);
        int[] where = Arrays.copyOf(places, used);
        double[] up = Arrays.copyOf(normal, used);
        if (at - min < FAR * length) {
            walls.add(new ReflectingWall(where, up, at - min));
        }
        if (max - at < FAR * length) {
            walls.add(new ReflectingWall(where, Arrays.stream(up).map(x -> -x).toArray(), max - at));
        }
    }
}

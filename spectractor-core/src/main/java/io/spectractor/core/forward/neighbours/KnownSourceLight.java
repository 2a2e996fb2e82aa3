package io.spectractor.core.forward.neighbours;

import io.spectractor.core.extraction.KnownSource;
import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Stars of a catalogue in the window: their orders 0, each with rate, column and row as {@link FieldStars}, and then their
 * spectra, each with a distance from where it is expected (rows) and factors on the expected light at wavelengths between
 * which they are linear. Light is spread across the dispersion with the target's profile at the same wavelength.
 */
public final class KnownSourceLight {
    /** Where the factors are, nm. */
    private static final double[] KNOTS_NM = {380, 500, 650, 800, 1000};
    /** 1σ of a spectrum's distance from where the disperser's map of angles puts it, px. */
    private static final double TRACE_PX = 0.7;

    private static final int PER_SPECTRUM = 1 + KNOTS_NM.length;

    private final ProfileWindow window;
    private final List<KnownSource> points;
    private final List<KnownSource> spectra;
    private final FieldStars orderZero;
    /** Per spectrum and wavelength of a factor: light of factor 1, per pixel. */
    private final double[][] unit;
    /** Per spectrum: its change per row. */
    private final double[][] byOffset;

    private final double[] gradient;
    /** Column of the target at the wavelength of each order's column. */
    private final int[][][] twin;

    /**
     * @param targetLambdaNm wavelength of the target's first order per column of the window, nm
     * @param shapes number of shape parameters
     */
    public KnownSourceLight(ProfileWindow window, List<KnownSource> sources, double[] targetLambdaNm, int shapes) {
        this.window = window;
        this.points = sources.stream().filter(KnownSource::hasOrderZero).toList();
        this.spectra = sources.stream().filter(s -> !s.traces().isEmpty()).toList();
        List<NeighbourSearch.Candidate> stars = new ArrayList<>();
        for (KnownSource source : points) {
            int column =
                    (int) Math.max(0, Math.min(window.columns - 1, Math.round(source.column() - window.firstColumn)));
            stars.add(new NeighbourSearch.Candidate(column, 0, source.rate(), 0));
        }
        this.orderZero = new FieldStars(window, stars, shapes);
        this.unit = new double[KNOTS_NM.length * spectra.size()][window.signal.length];
        this.byOffset = new double[spectra.size()][window.signal.length];
        this.gradient = new double[shapes + 2];
        this.twin = new int[spectra.size()][][];
        for (int s = 0; s < twin.length; s++) {
            List<KnownSource.Trace> traces = spectra.get(s).traces();
            twin[s] = new int[traces.size()][];
            for (int t = 0; t < traces.size(); t++) {
                twin[s][t] = twins(traces.get(t).lambdaNm(), targetLambdaNm);
            }
        }
    }

    private static int[] twins(double[] lambda, double[] target) {
        int[] out = new int[lambda.length];
        int k = 0;
        for (int c = 0; c < lambda.length; c++) {
            while (!Double.isNaN(lambda[c]) && k < target.length - 1 && !(target[k] >= lambda[c])) {
                k++;
            }
            out[c] = k;
        }
        return out;
    }

    /** Number of parameters. */
    public int size() {
        return FieldStars.PARAMETERS * points.size() + PER_SPECTRUM * spectra.size();
    }

    /** Expected values of the parameters. */
    public double[] mean() {
        double[] mean = new double[size()];
        int at = 0;
        for (KnownSource source : points) {
            mean[at++] = source.rate();
            mean[at++] = source.column() - window.firstColumn;
            mean[at++] = source.row();
        }
        for (int s = 0; s < spectra.size(); s++) {
            Arrays.fill(mean, at + 1, at + PER_SPECTRUM, 1);
            at += PER_SPECTRUM;
        }
        return mean;
    }

    /** 1σ of the parameters. */
    public double[] sigma() {
        double[] sigma = new double[size()];
        int at = 0;
        for (KnownSource source : points) {
            sigma[at++] = source.lightErr() * source.rate();
            sigma[at++] = source.positionErr();
            sigma[at++] = source.positionErr();
        }
        for (KnownSource source : spectra) {
            sigma[at] = Math.hypot(source.positionErr(), TRACE_PX);
            Arrays.fill(sigma, at + 1, at + PER_SPECTRUM, source.lightErr());
            at += PER_SPECTRUM;
        }
        return sigma;
    }

    private int spectraFrom(int from) {
        return from + FieldStars.PARAMETERS * points.size();
    }

    /** Evaluates it for parameters that begin at an index. */
    public void evaluate(
            double[] parameters, int from, ChromaticColumns values, PointSpreadFunction psf, boolean integrated) {
        if (size() == 0) {
            return;
        }
        orderZero.evaluate(parameters, from, values, psf, integrated);
        for (double[] image : unit) {
            Arrays.fill(image, 0);
        }
        for (int s = 0; s < spectra.size(); s++) {
            Arrays.fill(byOffset[s], 0);
            List<KnownSource.Trace> traces = spectra.get(s).traces();
            for (int t = 0; t < traces.size(); t++) {
                put(
                        s,
                        traces.get(t),
                        twin[s][t],
                        parameters,
                        spectraFrom(from) + PER_SPECTRUM * s,
                        values,
                        psf,
                        integrated);
            }
        }
    }

    private void put(
            int s,
            KnownSource.Trace trace,
            int[] twins,
            double[] parameters,
            int at,
            ChromaticColumns values,
            PointSpreadFunction psf,
            boolean integrated) {
        for (int c = 0; c < window.columns; c++) {
            double light = trace.light()[c];
            double centre = trace.row()[c] + parameters[at] - window.firstRow[c];
            if (!(light > 0) || centre < -window.rows || centre > 2 * window.rows) {
                continue;
            }
            PsfProfile profile = psf.at(ForwardParameters.shape(values, twins[c]));
            double position = position(trace.lambdaNm()[c]);
            int knot = (int) Math.min(position, KNOTS_NM.length - 2.0);
            double right = position - knot;
            double factor = (1 - right) * parameters[at + 1 + knot] + right * parameters[at + 2 + knot];
            double[] lower = unit[KNOTS_NM.length * s + knot];
            double[] upper = unit[KNOTS_NM.length * s + knot + 1];
            for (int k = 0; k < window.rows; k++) {
                if (integrated) {
                    profile.pixelTransverseGradient(k - centre, gradient, 0);
                } else {
                    profile.transverseGradient(k - centre, gradient, 0);
                }
                int p = c * window.rows + k;
                lower[p] += (1 - right) * light * gradient[0];
                upper[p] += right * light * gradient[0];
                byOffset[s][p] += factor * light * gradient[1];
            }
        }
    }

    /** Where a wavelength lies among those of the factors. */
    private static double position(double lambdaNm) {
        int k = 0;
        while (k < KNOTS_NM.length - 2 && KNOTS_NM[k + 1] < lambdaNm) {
            k++;
        }
        double t = (lambdaNm - KNOTS_NM[k]) / (KNOTS_NM[k + 1] - KNOTS_NM[k]);
        return k + Math.max(0, Math.min(1, t));
    }

    /** Derivatives of a column's pixels by all parameters, into rows from an index. */
    public void fill(int column, double[][] jacobian, int from) {
        if (size() == 0) {
            return;
        }
        orderZero.fill(column, jacobian, from);
        int at = column * window.rows;
        for (int s = 0; s < spectra.size(); s++) {
            int row = spectraFrom(from) + PER_SPECTRUM * s;
            System.arraycopy(byOffset[s], at, jacobian[row], 0, window.rows);
            for (int k = 0; k < KNOTS_NM.length; k++) {
                System.arraycopy(unit[KNOTS_NM.length * s + k], at, jacobian[row + 1 + k], 0, window.rows);
            }
        }
    }

    /** Adds its light to an image of the window. */
    public void add(double[] parameters, int from, double[] out) {
        if (size() == 0) {
            return;
        }
        orderZero.add(parameters, from, out);
        for (int s = 0; s < spectra.size(); s++) {
            for (int k = 0; k < KNOTS_NM.length; k++) {
                double factor = parameters[spectraFrom(from) + PER_SPECTRUM * s + 1 + k];
                double[] image = unit[KNOTS_NM.length * s + k];
                for (int p = 0; p < out.length; p++) {
                    out[p] += factor * image[p];
                }
            }
        }
    }
}

package io.spectractor.core.forward.neighbours;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;

/**
 * The spectrum of another star that runs beside the target's: parallel to the trace that the window was cut about, with
 * the target's profile across, and light that is linear between knots. Parameters: its distance from that trace in rows,
 * then its light at the knots, ADU/s per column.
 */
public final class NeighbourSpectrum {
    /** Distance of the knots: a faint neighbour's lines don't matter, its continuum does. */
    private static final double KNOT_SPACING_PX = 48;

    private final ProfileWindow window;
    private final double[] traceY;
    private final int knots;
    private final double[] unit;
    private final double[] byOffset;
    private final double[] gradient;

    /**
     * @param traceY trace that the window was cut about, px
     * @param found whether there is one; without it nothing has a parameter
     */
    public NeighbourSpectrum(ProfileWindow window, double[] traceY, int shapes, boolean found) {
        this.window = window;
        this.traceY = traceY;
        this.knots = found ? knots(window.columns) : 0;
        this.unit = new double[found ? window.signal.length : 0];
        this.byOffset = new double[unit.length];
        this.gradient = new double[shapes + 2];
    }

    /** Number of knots for a number of columns. */
    static int knots(int columns) {
        return Math.max(2, (int) Math.round(columns / KNOT_SPACING_PX) + 1);
    }

    public boolean present() {
        return knots > 0;
    }

    /** Number of parameters. */
    public int size() {
        return knots == 0 ? 0 : 1 + knots;
    }

    private double position(int column) {
        return (double) column * (knots - 1) / (window.columns - 1);
    }

    private int knot(double position) {
        return Math.min((int) position, knots - 2);
    }

    private double light(double[] parameters, int from, int column) {
        double position = position(column);
        int k = knot(position);
        double right = position - k;
        return (1 - right) * parameters[from + 1 + k] + right * parameters[from + 2 + k];
    }

    /** Evaluates it for parameters that begin at an index. */
    public void evaluate(
            double[] parameters, int from, ChromaticColumns values, PointSpreadFunction psf, boolean integrated) {
        for (int c = 0; present() && c < window.columns; c++) {
            PsfProfile profile = psf.at(ForwardParameters.shape(values, c));
            double centre = traceY[c] + parameters[from] - window.firstRow[c];
            double light = light(parameters, from, c);
            for (int k = 0; k < window.rows; k++) {
                if (integrated) {
                    profile.pixelTransverseGradient(k - centre, gradient, 0);
                } else {
                    profile.transverseGradient(k - centre, gradient, 0);
                }
                unit[c * window.rows + k] = gradient[0];
                byOffset[c * window.rows + k] = light * gradient[1];
            }
        }
    }

    /** Derivatives of a column's pixels by all parameters, into rows from an index. */
    public void fill(int column, double[][] jacobian, int from) {
        if (!present()) {
            return;
        }
        for (int q = 0; q < size(); q++) {
            Arrays.fill(jacobian[from + q], 0);
        }
        int at = column * window.rows;
        double position = position(column);
        int k = knot(position);
        System.arraycopy(byOffset, at, jacobian[from], 0, window.rows);
        for (int row = 0; row < window.rows; row++) {
            jacobian[from + 1 + k][row] = (1 - (position - k)) * unit[at + row];
            jacobian[from + 2 + k][row] = (position - k) * unit[at + row];
        }
    }

    /** Adds its light to an image of the window. */
    public void add(double[] parameters, int from, double[] out) {
        for (int c = 0; present() && c < window.columns; c++) {
            double light = light(parameters, from, c);
            for (int p = c * window.rows; p < (c + 1) * window.rows; p++) {
                out[p] += light * unit[p];
            }
        }
    }
}

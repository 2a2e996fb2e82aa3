package io.spectractor.core.forward.neighbours;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;
import java.util.List;

/**
 * Stars under the spectrogram, each with three parameters: rate (ADU/s), column of the window and row of the image (px).
 * They have the shape of the spectrum's columns where they lie.
 */
public final class FieldStars {
    public static final int PARAMETERS = ForwardParameters.STAR_SIZE;

    private final ProfileWindow window;
    private final int[] columns;
    /** Per parameter: its derivative in every pixel; for the rate that is the star of unit light. */
    private final double[][] slope;

    private final double[] gradient;

    public FieldStars(ProfileWindow window, List<NeighbourSearch.Candidate> stars, int shapes) {
        this.window = window;
        this.columns =
                stars.stream().mapToInt(NeighbourSearch.Candidate::column).toArray();
        this.slope = new double[PARAMETERS * columns.length][window.signal.length];
        this.gradient = new double[shapes + 3];
    }

    public int count() {
        return columns.length;
    }

    /** Evaluates the stars for parameters that begin at an index. */
    public void evaluate(
            double[] parameters, int from, ChromaticColumns values, PointSpreadFunction psf, boolean integrated) {
        for (int s = 0; s < columns.length; s++) {
            PsfProfile profile = psf.at(ForwardParameters.shape(values, columns[s]));
            int at = from + PARAMETERS * s;
            put(PARAMETERS * s, parameters[at], parameters[at + 1], parameters[at + 2], profile, integrated);
        }
    }

    private void put(int row, double rate, double x, double y, PsfProfile profile, boolean integrated) {
        for (int q = 0; q < PARAMETERS; q++) {
            Arrays.fill(slope[row + q], 0);
        }
        int reach = window.rows;
        int first = (int) Math.max(0, Math.ceil(x - reach));
        int last = (int) Math.min(window.columns - 1, Math.floor(x + reach));
        for (int c = first; c <= last; c++) {
            for (int k = 0; k < window.rows; k++) {
                double dy = window.firstRow[c] + k - y;
                if (integrated) {
                    profile.pixelGradient(c - x, dy, gradient, 0);
                } else {
                    profile.gradient(c - x, dy, gradient, 0);
                }
                int p = c * window.rows + k;
                slope[row][p] = gradient[0];
                slope[row + 1][p] = rate * gradient[1];
                slope[row + 2][p] = rate * gradient[2];
            }
        }
    }

    /** Derivatives of a column's pixels by all parameters, into rows from an index. */
    public void fill(int column, double[][] jacobian, int from) {
        for (int q = 0; q < slope.length; q++) {
            System.arraycopy(slope[q], column * window.rows, jacobian[from + q], 0, window.rows);
        }
    }

    /** Adds the stars' light to an image of the window. */
    public void add(double[] parameters, int from, double[] out) {
        for (int s = 0; s < columns.length; s++) {
            double rate = parameters[from + PARAMETERS * s];
            double[] unit = slope[PARAMETERS * s];
            for (int p = 0; p < out.length; p++) {
                out[p] += rate * unit[p];
            }
        }
    }
}

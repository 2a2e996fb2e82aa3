package io.spectractor.core.forward.stamps;

import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;

/**
 * The stamps of a point spread function that changes slowly along the spectrum, tabulated: at some columns, for rows at an
 * eighth of a pixel, and for every whole column offset. In between, cubic in the row and linear along the spectrum; for
 * widths from 2 px the error is below 2e-4 of the peak. Evaluating the profile itself in every pixel of every stamp would
 * cost ten times as much.
 *
 * <p>Light that falls further along the dispersion than {@code half} columns is not dropped: each row is scaled to the
 * profile integrated over all columns, which is exact where the spectrum is smooth.
 */
public final class ProfileTable {
    private static final int PER_PX = 8;
    private static final int NODE_SPACING = 32;
    /** Evaluated rows per distance over which the profile changes much: its width, or its distance from the middle. */
    private static final double ROWS_PER_SCALE = 18;

    /** The profile itself is evaluated at every third of the tabulated columns, cubic in between. */
    private static final int NODES_PER_EVALUATION = 3;

    /** Rows at each eighth of a pixel, and at one before and two after them, which the cubic needs. */
    private static final int PHASES = PER_PX + 3;

    private final int half;
    private final int columns;
    private final boolean integrated;
    private final int locals;
    private final int range;
    private final int nodes;
    /** Rows at eighths of a pixel from the middle on. */
    private final int eighths;
    /** Numbers per row: for each column offset from 0 the value and its slopes. */
    public final int stride;
    /** Rows of a strip. */
    public final int rows;

    /** By node, phase and number: a strip of rows at whole pixels from the phase, the middle one at the phase itself. */
    private final double[][][][] table;

    /** By evaluated column, number, and row in eighths of a pixel from the middle. */
    private final double[][][] evaluated;

    private final double[][] four = new double[4][];
    /** By number and row in eighths of a pixel from the middle. */
    private final double[][] blended;

    /** Whether a row was evaluated, by eighths of a pixel. */
    private final boolean[] known;

    private final double[] plane;
    private final double[] line;
    private final double[] sums;

    /**
     * @param columns of the spectrum
     * @param half half width of the stamps
     * @param rangePx largest offset of a row
     * @param shapes number of shape parameters
     * @param stock where the numbers are kept
     */
    public ProfileTable(int columns, int half, int rangePx, int shapes, boolean integrated, StampRows stock) {
        this.columns = columns;
        this.half = half;
        this.integrated = integrated;
        this.locals = shapes + 1;
        this.range = rangePx;
        this.nodes = Math.max(2, (columns + NODE_SPACING - 1) / NODE_SPACING + 1);
        this.stride = (half + 1) * (locals + 1);
        this.rows = 2 * rangePx + 1;
        this.table = new double[nodes][PHASES][][];
        for (double[][][] node : table) {
            for (int phase = 0; phase < PHASES; phase++) {
                node[phase] = stock.zeros(stride, rows);
            }
        }
        int evaluations = Math.max(4, (nodes - 1 + NODES_PER_EVALUATION - 1) / NODES_PER_EVALUATION + 1);
        this.eighths = (range + 2) * PER_PX + 1;
        this.evaluated = new double[evaluations][][];
        for (int i = 0; i < evaluations; i++) {
            evaluated[i] = stock.zeros(stride, eighths);
        }
        this.blended = stock.zeros(stride, eighths);
        this.known = new boolean[eighths];
        this.plane = new double[(half + 1) * (locals + 2)];
        this.line = new double[locals + 1];
        this.sums = new double[locals + 1];
    }

    /** Fills the table for shapes. */
    public void fill(ChromaticColumns values, PointSpreadFunction psf) {
        fill(values, psf, ProfileCorrection.NONE, 1, 0, columns - 1);
    }

    /**
     * Fills the table for shapes.
     *
     * @param correction of the profile across the dispersion
     * @param wider factor on the widths
     * @param from first column whose shape will be asked for
     * @param to last one
     */
    public void fill(
            ChromaticColumns values,
            PointSpreadFunction psf,
            ProfileCorrection correction,
            double wider,
            double from,
            double to) {
        int first = node(from);
        int last = node(to) + 1;
        if (values.anyClamped() || correction.present()) {
            fillExactly(values, psf, correction, wider, first, last);
            return;
        }
        double[] at = new double[evaluated.length];
        for (int j = 0; j < at.length; j++) {
            at[j] = Math.round(j * (columns - 1.0) / (at.length - 1));
        }
        int done = -1;
        for (int k = first; k <= last; k++) {
            double column = k * (columns - 1.0) / (nodes - 1);
            int j = (int) Math.min(at.length - 4, Math.max(0, column * (at.length - 1) / (columns - 1.0) - 1));
            for (int i = Math.max(done + 1, j); i < j + 4; i++) {
                evaluate(evaluated[i], profile(values, psf, (int) at[i], wider), Across.PLAIN, 1);
                done = i;
            }
            double[] weights = lagrange(at, j, column);
            for (int n = 0; n < stride; n++) {
                for (int i = 0; i < 4; i++) {
                    four[i] = evaluated[j + i][n];
                }
                Arrays.fill(blended[n], 0);
                RowSum.add(blended[n], four, 0, 4, weights, 0, 0, eighths);
            }
            store(table[k], blended, blended);
        }
    }

    /** Where a bound makes a kink in the shape, the profile is evaluated at every tabulated column. */
    private void fillExactly(
            ChromaticColumns values,
            PointSpreadFunction psf,
            ProfileCorrection correction,
            double wider,
            int first,
            int last) {
        for (int k = first; k <= last; k++) {
            int column = (int) Math.round(k * (columns - 1.0) / (nodes - 1));
            PsfProfile profile = profile(values, psf, column, wider);
            Across across = Across.of(correction, column, columns);
            evaluate(evaluated[0], profile, across, 1);
            if (correction.present()) {
                evaluate(evaluated[1], profile, across, -1);
            }
            store(table[k], evaluated[0], evaluated[correction.present() ? 1 : 0]);
        }
    }

    private static PsfProfile profile(ChromaticColumns values, PointSpreadFunction psf, int column, double wider) {
        double[] shape = ForwardParameters.shape(values, column);
        return psf.at(wider == 1 ? shape : psf.widened(shape, wider));
    }

    /** The correction in one column: its factors, and what is left of the family's profile. */
    private record Across(ProfileCorrection correction, double[] factors, double less) {
        static final Across PLAIN = new Across(ProfileCorrection.NONE, new double[0], 1);

        static Across of(ProfileCorrection correction, int column, int columns) {
            if (!correction.present()) {
                return PLAIN;
            }
            double[] factors = correction.at(column, columns);
            return new Across(correction, factors, 1 - correction.integral(factors));
        }

        /** Corrects value and slopes of the profile integrated over x; a mirrored row's slope changes sign later. */
        void correct(double dy, int sign, double[] line) {
            if (!correction.present()) {
                return;
            }
            for (int m = 0; m < line.length; m++) {
                line[m] *= less;
            }
            line[0] = Math.max(line[0] + correction.value(factors, sign * dy), 0);
            line[1] -= sign * correction.slope(factors, sign * dy);
        }
    }

    /** Weights of four points from an index on, for the cubic through them. */
    private static double[] lagrange(double[] at, int from, double x) {
        double[] out = new double[4];
        for (int i = 0; i < 4; i++) {
            out[i] = 1;
            for (int j = 0; j < 4; j++) {
                out[i] *= i == j ? 1 : (x - at[from + j]) / (at[from + i] - at[from + j]);
            }
        }
        return out;
    }

    /**
     * Rows at every eighth of a pixel where the profile is steep, further apart in its wings and cubic in between: with
     * rows no further apart than a fraction of the distance from the middle the error stays below 3e-5 of the peak.
     */
    private void evaluate(double[][] out, PsfProfile profile, Across across, int sign) {
        double width = profile.fwhm() * PER_PX;
        Arrays.fill(known, false);
        int e = 0;
        while (e < eighths) {
            int step = step(e, width);
            if (step == 1) {
                put(out, e, profile, across, sign);
                e++;
                continue;
            }
            for (int i = -1; i <= 2; i++) {
                put(out, e + i * step, profile, across, sign);
            }
            for (int i = 1; i < step; i++) {
                double[] weights = cubic((double) i / step);
                for (double[] strip : out) {
                    strip[e + i] = weights[0] * strip[e - step]
                            + weights[1] * strip[e]
                            + weights[2] * strip[e + step]
                            + weights[3] * strip[e + 2 * step];
                }
            }
            e += step;
        }
    }

    /** Rows from one that is evaluated to the next, a power of two, where four of them lie about what is between. */
    private int step(int e, double width) {
        double scale = Math.sqrt(width * width + (double) e * e) / ROWS_PER_SCALE;
        int step = PER_PX;
        while (step > 1 && (step > scale || e % step != 0 || e < step || e + 2 * step >= eighths)) {
            step /= 2;
        }
        return step;
    }

    /** Evaluates a row unless it is known. */
    private void put(double[][] out, int e, PsfProfile profile, Across across, int sign) {
        if (known[e]) {
            return;
        }
        known[e] = true;
        row((double) e / PER_PX, profile, across, sign);
        for (int dx = 0; dx <= half; dx++) {
            int at = dx * (locals + 2);
            int base = dx * (locals + 1);
            double v = plane[at];
            out[base][e] = v * line[0];
            for (int m = 1; m <= locals; m++) {
                out[base + m][e] = plane[at + 1 + m] * line[0] + v * line[m];
            }
        }
    }

    /** One row: the right half, since the left is its mirror image, and its sums. */
    private void row(double dy, PsfProfile profile, Across across, int sign) {
        Arrays.fill(sums, 0);
        for (int dx = 0; dx <= half; dx++) {
            int at = dx * (locals + 2);
            if (integrated) {
                profile.pixelGradient(dx, dy, plane, at);
            } else {
                profile.gradient(dx, dy, plane, at);
            }
            int copies = dx == 0 ? 1 : 2;
            sums[0] += copies * plane[at];
            for (int m = 1; m <= locals; m++) {
                sums[m] += copies * plane[at + 1 + m];
            }
        }
        if (integrated) {
            profile.pixelTransverseGradient(dy, line, 0);
        } else {
            profile.transverseGradient(dy, line, 0);
        }
        across.correct(dy, sign, line);
        if (sums[0] < 1e-200) {
            Arrays.fill(line, 0);
            return;
        }
        line[0] /= sums[0];
        for (int m = 1; m <= locals; m++) {
            line[m] = (line[m] - line[0] * sums[m]) / sums[0];
        }
    }

    /**
     * Puts rows wherever they belong.
     *
     * @param out strips by phase and number
     * @param above by number and eighths of a pixel above the middle
     * @param below the same below it, seen in a mirror
     */
    private void store(double[][][] out, double[][] above, double[][] below) {
        for (int phase = 0; phase < PHASES; phase++) {
            for (int n = 0; n < stride; n++) {
                double[] strip = out[phase][n];
                // only the slope by the centre's row changes its sign on the other side
                double sign = n % (locals + 1) == 1 ? -1 : 1;
                int row = 0;
                int e = phase - 1 - range * PER_PX;
                for (; e < 0; e += PER_PX) {
                    strip[row++] = sign * below[n][-e];
                }
                for (; row < rows; e += PER_PX) {
                    strip[row++] = above[n][e];
                }
            }
        }
    }

    /**
     * Interpolates strips of rows.
     *
     * @param column whose shape is wanted
     * @param centreY row of the centre in the image, px
     * @param bottom first row of the image that is wanted
     * @param top row after the last
     * @param out {@link #stride} strips of {@link #rows} numbers, filled where rows are wanted
     * @return row of the image that number 0 of the strips belongs to; rows outside the strips have no light
     */
    public int strips(double column, double centreY, int bottom, int top, double[][] out) {
        double floor = Math.floor(centreY);
        double eighths = (1 - (centreY - floor)) * PER_PX;
        int phase = Math.min(PER_PX - 1, (int) eighths);
        int origin = (int) floor + 1 - range;
        int from = Math.min(rows, Math.max(0, bottom - origin));
        int to = Math.max(from, Math.min(rows, top - origin));
        int k = node(column);
        double right = column * (nodes - 1) / (columns - 1) - k;
        double[] cubic = cubic(eighths - phase);
        double[] left = new double[4];
        for (int i = 0; i < 4; i++) {
            left[i] = (1 - right) * cubic[i];
            cubic[i] *= right;
        }
        double[][] four = new double[4][];
        for (int n = 0; n < stride; n++) {
            Arrays.fill(out[n], from, to, 0);
            for (int i = 0; i < 4; i++) {
                four[i] = table[k][phase + i][n];
            }
            RowSum.add(out[n], four, 0, 4, left, 0, from, to);
            for (int i = 0; i < 4; i++) {
                four[i] = table[k + 1][phase + i][n];
            }
            RowSum.add(out[n], four, 0, 4, cubic, 0, from, to);
        }
        return origin;
    }

    /** The tabulated column before a column. */
    private int node(double column) {
        return Math.min((int) (column * (nodes - 1) / (columns - 1)), nodes - 2);
    }

    /** Weights of four equidistant points, the second at 0, for a place between the second and the third. */
    private static double[] cubic(double t) {
        return new double[] {
            -t * (t - 1) * (t - 2) / 6,
            (t + 1) * (t - 1) * (t - 2) / 2,
            -(t + 1) * t * (t - 2) / 2,
            (t + 1) * t * (t - 1) / 6
        };
    }
}

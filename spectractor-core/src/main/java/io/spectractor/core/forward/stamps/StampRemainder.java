package io.spectractor.core.forward.stamps;

import io.spectractor.core.extraction.ProfileWindow;
import io.spectractor.core.fit.RowSum;
import io.spectractor.core.forward.equations.ForwardParameters;
import io.spectractor.core.psf.ChromaticColumns;
import io.spectractor.core.psf.PointSpreadFunction;
import io.spectractor.core.psf.PsfProfile;
import java.util.Arrays;

/**
 * What the stamps of an order get wrong because they end: a stamp holds the light that falls beyond its {@code half} columns
 * in its own rows ({@link ProfileTable}), which is right where the spectrum is smooth and its trace runs along the rows. In a
 * deep notch of a filter, or along a tilted trace, the difference shows. It is the point spread function up to six times its
 * width minus the stamp: without light of its own in any row, and so faint that it follows from amplitudes known before.
 */
public final class StampRemainder {
    /** Columns of a source on either side, in FWHM; beyond lies 0.1 % of the light of a Moffat profile. */
    private static final double REACH_FWHM = 6;
    /** Tabulated rows per pixel; linear in between. */
    private static final int PER_PX = 2;

    private static final int NODE_SPACING = 96;
    /** How far a trace may lie from the middle of the window, px. */
    private static final int ROW_MARGIN = 8;

    private final ProfileWindow window;
    private final int reach;
    private final int depth;
    /** By tabulated column, column offset from 0, and row offset in parts of a pixel. */
    private final double[][][] table;

    /**
     * The same in rows of the window, made when needed: by tabulated column, column offset, how many rows the window begins
     * above the pixel of the middle (from {@link #lowest} on), and part of a pixel by
     * which the middle lies above that pixel's.
     */
    private final double[][][][][] rows;

    /** A window that begins lower ends below the table. */
    private final int lowest;

    /**
     * Tabulates it.
     *
     * @param half half width of the stamps
     * @param values shape per column
     * @param integrated whether stamps hold the profile averaged over pixels
     */
    public StampRemainder(
            ProfileWindow window, int half, ChromaticColumns values, PointSpreadFunction psf, boolean integrated) {
        this.window = window;
        int nodes = Math.max(2, (window.columns - 1 + NODE_SPACING / 2) / NODE_SPACING + 1);
        PsfProfile[] profiles = new PsfProfile[nodes];
        double widest = 0;
        for (int k = 0; k < nodes; k++) {
            int column = (int) Math.round(k * (window.columns - 1.0) / (nodes - 1));
            profiles[k] = psf.at(ForwardParameters.shape(values, column));
            widest = Math.max(widest, profiles[k].fwhm());
        }
        this.reach = (int) Math.min(window.columns - 1.0, Math.max(half, Math.ceil(REACH_FWHM * widest)));
        this.depth = window.rows / 2 + ROW_MARGIN + window.rise(reach);
        this.table = new double[nodes][reach + 1][PER_PX * (depth + 1) + 1];
        for (int k = 0; k < nodes; k++) {
            tabulate(table[k], profiles[k], half, integrated);
        }
        this.lowest = -depth - window.rows;
        this.rows = new double[nodes][reach + 1][depth - lowest + 1][][];
    }

    private void tabulate(double[][] out, PsfProfile profile, int half, boolean integrated) {
        for (int e = 0; e < out[0].length; e++) {
            double dy = (double) e / PER_PX;
            double near = 0;
            double far = 0;
            for (int dx = 0; dx <= reach; dx++) {
                // far out a pixel's mean is its middle
                double value = integrated && dx <= half ? profile.pixelValue(dx, dy) : profile.value(dx, dy);
                out[dx][e] = value;
                double both = dx == 0 ? value : 2 * value;
                near += dx <= half ? both : 0;
                far += both;
            }
            double line = integrated ? profile.pixelTransverse(dy) : profile.transverse(dy);
            double inside = near > 0 ? line / far - line / near : 0;
            double outside = far > 0 ? line / far : 0;
            for (int dx = 0; dx <= reach; dx++) {
                out[dx][e] *= dx <= half ? inside : outside;
            }
        }
    }

    /**
     * Adds that of an order to pixels.
     *
     * @param map the order as a map of the first
     * @param light ADU/s in all columns of the map
     * @param centreY row of the trace in all columns of the map, px
     * @param pixels of the window, column after column
     */
    public void add(LightMap map, double[] light, double[] centreY, double[] pixels) {
        double perNode = (window.columns - 1.0) / (table.length - 1);
        double[][] found = new double[2 * (2 * reach + 1)][];
        double[] factor = new double[found.length];
        double[] sum = new double[window.rows];
        for (int x = 0; x < window.columns; x++) {
            int n = 0;
            for (int c = Math.max(map.from(), x - reach); c < Math.min(map.to(), x + reach + 1); c++) {
                double rate = light[c - map.from()];
                double y = centreY[c - map.from()];
                int begins = window.firstRow[x] - (int) Math.floor(y);
                if (map.source(c) < 0 || rate == 0 || begins < lowest || begins > depth) {
                    continue;
                }
                double[][] phases = phases((int) Math.round(map.source(c) / perNode), Math.abs(x - c), begins);
                double at = (y - Math.floor(y)) * PER_PX;
                int phase = Math.min(PER_PX - 1, (int) at);
                found[n] = phases[phase];
                factor[n++] = rate * (phase + 1 - at);
                found[n] = phases[phase + 1];
                factor[n++] = rate * (at - phase);
            }
            Arrays.fill(sum, 0);
            RowSum.add(sum, found, 0, n, factor, 0, 0, sum.length);
            for (int k = 0; k < sum.length; k++) {
                pixels[x * sum.length + k] += sum[k];
            }
        }
    }

    /** The rows of a window for all parts of a pixel; rows beyond the table have no light. */
    private double[][] phases(int node, int dx, int begins) {
        double[][] known = rows[node][dx][begins - lowest];
        if (known != null) {
            return known;
        }
        double[][] made = new double[PER_PX + 1][window.rows];
        for (int phase = 0; phase <= PER_PX; phase++) {
            for (int k = 0; k < window.rows; k++) {
                int e = Math.abs(PER_PX * (begins + k) - phase);
                made[phase][k] = e < table[node][dx].length ? table[node][dx][e] : 0;
            }
        }
        rows[node][dx][begins - lowest] = made;
        return made;
    }
}

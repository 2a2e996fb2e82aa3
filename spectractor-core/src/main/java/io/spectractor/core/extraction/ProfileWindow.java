package io.spectractor.core.extraction;

import io.spectractor.core.background.SkyModel;
import io.spectractor.core.observation.CcdImage;

/**
 * The pixels within a fixed distance of the trace, column after column: index {@code column * rows + k} for row
 * {@code firstRow(column) + k}.
 */
public final class ProfileWindow {
    /** Variance from which a pixel holds no data, (ADU/s)². */
    private static final double WITHOUT_DATA = 1e19;

    /** First column of the image, px. */
    public final int firstColumn;
    /** Number of columns. */
    public final int columns;
    /** Rows per column. */
    public final int rows;
    /** First row per column, px. */
    public final int[] firstRow;
    /** Rate minus sky, ADU/s. */
    public final double[] signal;
    /** Sky, ADU/s. */
    public final double[] sky;
    /** Variance without the photons' share, (ADU/s)². */
    final double[] readVariance;
    /** Mask bits; outside the image {@link CcdImage#BAD}. */
    public final byte[] mask;

    /** Electrons that each pixel collected per ADU/s. */
    final double[] electronsPerRate;

    private ProfileWindow(int firstColumn, int columns, int rows) {
        this.firstColumn = firstColumn;
        this.columns = columns;
        this.rows = rows;
        firstRow = new int[columns];
        signal = new double[columns * rows];
        sky = new double[columns * rows];
        readVariance = new double[columns * rows];
        electronsPerRate = new double[columns * rows];
        mask = new byte[columns * rows];
    }

    /** Cuts {@code 2 halfHeight + 1} rows about the trace out of an image. */
    public static ProfileWindow cut(CcdImage image, SkyModel sky, int firstColumn, double[] traceY, int halfHeight) {
        ProfileWindow w = new ProfileWindow(firstColumn, traceY.length, 2 * halfHeight + 1);
        double[] skyColumn = new double[w.rows];
        for (int c = 0; c < w.columns; c++) {
            int x = firstColumn + c;
            w.firstRow[c] = (int) Math.round(traceY[c]) - halfHeight;
            sky.column(x, w.firstRow[c], skyColumn);
            for (int k = 0; k < w.rows; k++) {
                w.fill(image, x, w.firstRow[c] + k, c * w.rows + k, skyColumn[k]);
            }
        }
        double missing = new PixelNoise(w).missingVariance();
        for (int i = 0; i < w.readVariance.length; i++) {
            w.readVariance[i] += missing;
        }
        return w;
    }

    private void fill(CcdImage image, int x, int y, int i, double skyLevel) {
        sky[i] = skyLevel;
        if (x < 0 || x >= image.width() || y < 0 || y >= image.height()) {
            mask[i] = CcdImage.BAD;
            readVariance[i] = image.readNoiseVariance();
            electronsPerRate[i] = image.electronsPerRate();
            return;
        }
        double rate = image.rate(x, y);
        signal[i] = rate - skyLevel;
        mask[i] = image.mask(x, y);
        if ((mask[i] & CcdImage.BAD) != 0 && !(image.variance(x, y) < WITHOUT_DATA)) {
            // what fills its place, a model, has the noise of any other pixel
            signal[i] = 0;
            readVariance[i] = image.readNoiseVariance();
            electronsPerRate[i] = image.electronsPerRate();
            return;
        }
        electronsPerRate[i] = image.electronsPerRate(x, y);
        double photons = Math.max(rate, 0) / electronsPerRate[i];
        // Rounding of the float maps can eat the read-out noise of very bright pixels.
        readVariance[i] = Math.max(image.variance(x, y) - photons, 0.25 * image.readNoiseVariance());
    }

    /** By how many rows the window climbs or falls over so many columns, at most. */
    public int rise(int over) {
        int most = 0;
        for (int c = 0; c + over < columns; c++) {
            most = Math.max(most, Math.abs(firstRow[c + over] - firstRow[c]));
        }
        return most;
    }

    /** Variance expected of a pixel if the source adds {@code model} to the sky, (ADU/s)². */
    public double variance(int i, double model) {
        return Math.max(model + sky[i], 0) / electronsPerRate[i] + readVariance[i];
    }
}

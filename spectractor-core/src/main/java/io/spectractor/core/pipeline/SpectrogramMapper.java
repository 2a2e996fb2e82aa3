package io.spectractor.core.pipeline;

import io.spectractor.core.config.BackgroundConfig;
import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.observation.CcdImage;
import io.spectractor.core.pipeline.ExtractionStages.Strip;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.SpectrogramMaps;

/** Cuts the spectrogram out of the raw frame, with its sky, fit and mask. */
final class SpectrogramMapper {
    private final CcdImage image;
    private final int margin;

    SpectrogramMapper(CcdImage image, BackgroundConfig background) {
        this.image = image;
        this.margin = background.distancePx() + background.widthPx();
    }

    SpectrogramMaps map(Strip strip, ColumnSpectrum columns) {
        int n = columns.size();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int fitTop = Integer.MIN_VALUE;
        int fitBottom = Integer.MAX_VALUE;
        for (int c = 0; c < n; c++) {
            low = Math.min(low, columns.traceY()[c]);
            high = Math.max(high, columns.traceY()[c]);
            fitBottom = Math.min(fitBottom, columns.firstRow()[c]);
            fitTop = Math.max(fitTop, columns.firstRow()[c] + columns.rows());
        }
        int y0 = (int) Math.max(0, Math.floor(low) - margin);
        int y1 = (int) Math.min(image.height(), Math.ceil(high) + margin + 1);
        fitBottom = Math.max(fitBottom, y0);
        fitTop = Math.min(fitTop, y1);
        int rows = y1 - y0;
        float[] data = new float[n * rows];
        float[] error = new float[n * rows];
        float[] sky = new float[n * rows];
        float[] skyError = new float[n * rows];
        float[] mask = new float[n * rows];
        for (int y = 0; y < rows; y++) {
            for (int c = 0; c < n; c++) {
                int x = columns.firstColumn() + c;
                int i = y * n + c;
                mask[i] = image.mask(x, y0 + y);
                boolean seen = isSeen(x, y0 + y);
                data[i] = seen ? (float) image.rate(x, y0 + y) : Float.NaN;
                error[i] = seen ? (float) Math.sqrt(image.variance(x, y0 + y)) : Float.NaN;
            }
        }
        strip.sky().fill(columns.firstColumn(), y0, n, sky, skyError);
        int fitRows = fitTop - fitBottom;
        float[] fit = new float[n * fitRows];
        float[] residuals = new float[n * fitRows];
        for (int c = 0; c < n; c++) {
            for (int k = 0; k < columns.rows(); k++) {
                int y = columns.firstRow()[c] + k;
                if (y >= fitBottom && y < fitTop) {
                    int from = c * columns.rows() + k;
                    fit[(y - fitBottom) * n + c] = (float) columns.model()[from];
                    residuals[(y - fitBottom) * n + c] =
                            isSeen(columns.firstColumn() + c, y) ? (float) columns.residuals()[from] : Float.NaN;
                    mask[(y - y0) * n + c] = columns.rejected()[from];
                }
            }
        }
        return new SpectrogramMaps(
                columns.firstColumn(),
                y0,
                fitBottom - y0,
                new PixelMap(n, rows, data),
                new PixelMap(n, rows, error),
                new PixelMap(n, rows, sky),
                new PixelMap(n, rows, skyError),
                new PixelMap(n, fitRows, fit),
                new PixelMap(n, fitRows, residuals),
                new PixelMap(n, rows, mask));
    }

    /** Whether the pixel holds data. */
    private boolean isSeen(int x, int y) {
        return (image.mask(x, y) & CcdImage.BAD) == 0;
    }
}

package io.spectractor.plot;

import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import java.util.Arrays;

/** What the model of the spectrogram leaves in each column. */
final class ColumnResiduals {
    private ColumnResiduals() {}

    /**
     * Light of the column minus sky and model, summed over the rows of the fit, over its 1σ. NaN where the product has no
     * maps, or where less than half of the column is good.
     */
    static double[] of(SpectrumProduct product) {
        SpectrogramMaps maps = product.spectrogram();
        int n = product.spectrum().size();
        double[] residual = new double[n];
        Arrays.fill(residual, Double.NaN);
        PixelMap fit = maps.fit();
        PixelMap data = maps.data();
        boolean complete = fit.width() == n
                && data.width() == n
                && maps.fitRow0() + fit.height() <= data.height()
                && maps.error().values().length == data.values().length
                && maps.background().values().length == data.values().length
                && maps.mask().values().length == data.values().length;
        if (!complete || fit.height() == 0) {
            return residual;
        }
        for (int x = 0; x < n; x++) {
            double sum = 0;
            double variance = 0;
            int good = 0;
            for (int row = 0; row < fit.height(); row++) {
                int y = maps.fitRow0() + row;
                double difference = data.at(x, y) - maps.background().at(x, y) - fit.at(x, row);
                double error = maps.error().at(x, y);
                if (maps.mask().at(x, y) == 0 && Double.isFinite(difference) && error > 0) {
                    sum += difference;
                    variance += error * error;
                    good++;
                }
            }
            if (2 * good > fit.height()) {
                residual[x] = sum / Math.sqrt(variance);
            }
        }
        return residual;
    }
}

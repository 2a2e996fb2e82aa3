package io.spectractor.plot;

import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.OrderTwoSpectrum;
import io.spectractor.core.product.OrderZeroStamp;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.Provenance;
import io.spectractor.core.product.PsfTable;
import io.spectractor.core.product.QualitySummary;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A made-up product that looks like a star's. */
final class SyntheticProduct {
    private static final int ROWS = 400;
    private static final int FIT_ROW0 = 180;
    private static final int FIT_ROWS = 40;
    private static final Object[][] LINES = {
        {"H\u03b2", 486.1, true}, {"H\u03b3", 434.0, true}, {"H\u03b4", 410.2, true}, {"H\u03b5", 397.0, false},
        {"H8", 388.9, false}, {"Ca K", 393.4, true}, {"Mg b", 517.3, false}, {"Na D", 589.2, true},
        {"H\u03b1", 656.3, true}, {"O2 B", 686.7, true}, {"O2 A", 760.6, true}, {"H2O", 720.0, false},
        {"H2O", 935.0, true}, {"Ca II 850", 849.8, false}, {"Ca II 854", 854.2, false}, {"Ca II 866", 866.2, false},
    };

    private SyntheticProduct() {}

    static SpectrumProduct star(int columns, long seed) {
        Random random = new Random(seed);
        double[] lambda = new double[columns];
        double[] flux = new double[columns];
        double[] err = new double[columns];
        int[] column = new int[columns];
        double[] trace = new double[columns];
        double[] rate = new double[columns];
        for (int i = 0; i < columns; i++) {
            double t = columns == 1 ? 0.5 : i / (columns - 1.0);
            lambda[i] = 345 + 738 * t;
            double continuum = 9e-13 * Math.exp(-0.5 * Math.pow((lambda[i] - 500) / 190, 2)) + 3e-14;
            for (Object[] line : LINES) {
                continuum *= 1 - 0.25 * Math.exp(-0.5 * Math.pow((lambda[i] - (double) line[1]) / 3, 2));
            }
            err[i] = 6e-15 + 2e-13 * Math.pow(t, 12) + 1e-13 * Math.pow(1 - t, 12);
            flux[i] = continuum + err[i] * random.nextGaussian();
            rate[i] = 60 * continuum / 9e-13;
            column[i] = 1024 + i;
            trace[i] = 663 - 0.0274 * i;
        }
        int[] mask = new int[columns];
        if (columns > 100) {
            Arrays.fill(mask, 60, 64, 1);
        }
        SpectrumTable table = new SpectrumTable(
                lambda, flux, err, mask, rate, new double[columns], new double[columns], column, trace);
        return new SpectrumProduct(
                table,
                new double[columns * columns],
                order2(lambda),
                stamp(random),
                maps(columns, rate, trace, random),
                new PsfTable(lambda, lambda, lambda, lambda, rate, rate, rate, rate, List.of("gamma"), List.of(lambda)),
                lines(),
                summary(),
                new TreeSet<>(List.of(Caveat.ORDER0_SATURATED, Caveat.ORDER2_ASSUMED)),
                List.of(),
                provenance());
    }

    private static OrderTwoSpectrum order2(double[] lambda) {
        double[] flux = new double[lambda.length];
        for (int i = 0; i < flux.length; i++) {
            flux[i] = lambda[i] < 680 ? Double.NaN : 4e-14 * Math.exp(-0.5 * Math.pow((lambda[i] - 900) / 80, 2));
        }
        return new OrderTwoSpectrum(lambda, flux, new double[flux.length]);
    }

    private static SpectrogramMaps maps(int columns, double[] rate, double[] trace, Random random) {
        int yMin = 463;
        float[] data = new float[columns * ROWS];
        float[] sky = new float[columns * ROWS];
        float[] mask = new float[columns * ROWS];
        float[] residuals = new float[columns * FIT_ROWS];
        for (int y = 0; y < ROWS; y++) {
            for (int x = 0; x < columns; x++) {
                int i = y * columns + x;
                sky[i] = (float) (0.2 + 0.0001 * x + 0.0002 * y);
                double d = (yMin + y - trace[x]) / 3;
                double signal = rate[x] / 12 * Math.pow(1 + d * d, -2.5);
                double star = 3 * Math.exp(-(Math.pow(x - 300, 2) + Math.pow(y - 330, 2)) / 30);
                data[i] = (float) (sky[i] + signal + star + 0.05 * random.nextGaussian());
                if (y >= FIT_ROW0 && y < FIT_ROW0 + FIT_ROWS) {
                    residuals[(y - FIT_ROW0) * columns + x] = (float) random.nextGaussian();
                }
            }
        }
        for (int x = Math.min(columns, 100); x < Math.min(columns, 108); x++) {
            Arrays.fill(mask, 195 * columns + x, 195 * columns + x + 1, 1);
            Arrays.fill(mask, 196 * columns + x, 196 * columns + x + 1, 1);
        }
        PixelMap full = new PixelMap(columns, ROWS, sky);
        return new SpectrogramMaps(
                1024,
                yMin,
                FIT_ROW0,
                new PixelMap(columns, ROWS, data),
                full,
                full,
                full,
                new PixelMap(columns, FIT_ROWS, residuals),
                new PixelMap(columns, FIT_ROWS, residuals),
                new PixelMap(columns, ROWS, mask));
    }

    private static OrderZeroStamp stamp(Random random) {
        float[] values = new float[100 * 100];
        for (int i = 0; i < values.length; i++) {
            int row = i / 100;
            double r2 = Math.pow(i % 100 - 50.7, 2) + Math.pow(row - 50.3, 2);
            values[i] = (float) Math.min(500, 900 * Math.pow(1 + r2 / 7.5, -1.8) + 0.05 * random.nextGaussian());
        }
        return new OrderZeroStamp(new PixelMap(100, 100, values), 50.7, 50.3);
    }

    private static List<LineMeasurement> lines() {
        List<LineMeasurement> lines = new ArrayList<>();
        for (Object[] line : LINES) {
            double nm = (double) line[1];
            lines.add(new LineMeasurement(
                    (String) line[0], nm, nm + 0.2, 0.1, 7, -2e-13, 20, 1.1, 1.2, (boolean) line[2], -1.5e-12, 7e-14));
        }
        return lines;
    }

    private static ProductSummary summary() {
        return new ProductSummary(
                "HD111980",
                "HoloAmAg",
                null,
                0.000519,
                "2017-05-31T02:53:52",
                120,
                1.1324,
                7.5,
                783,
                28,
                -18.5577,
                28.1788,
                119.807,
                0,
                1,
                743.71,
                683.13,
                -1.5696,
                -1.6525,
                -1.61,
                346.919,
                55.45,
                0.021,
                -0.02,
                0.05,
                550,
                1.04,
                3.1,
                500,
                1,
                2,
                9,
                ForwardModelSummary.none(),
                ObservationSummary.none(),
                QualitySummary.none(),
                AstrometrySummary.none());
    }

    private static Provenance provenance() {
        return new Provenance(
                "0.1.0",
                "3f1c".repeat(16),
                "ctio-1",
                "77aa".repeat(16),
                "reduc_20170530_134.fits",
                "00ff".repeat(16),
                new TreeMap<>());
    }
}

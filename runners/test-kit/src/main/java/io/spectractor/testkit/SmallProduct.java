package io.spectractor.testkit;

import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.product.AstrometrySummary;
import io.spectractor.core.product.ForwardModelSummary;
import io.spectractor.core.product.LineMeasurement;
import io.spectractor.core.product.ObservationSummary;
import io.spectractor.core.product.OrderZeroStamp;
import io.spectractor.core.product.PixelMap;
import io.spectractor.core.product.ProductSummary;
import io.spectractor.core.product.Provenance;
import io.spectractor.core.product.PsfTable;
import io.spectractor.core.product.QualitySummary;
import io.spectractor.core.product.SpectrogramMaps;
import io.spectractor.core.product.SpectrumProduct;
import io.spectractor.core.product.SpectrumTable;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;

/** A product of three columns whose flux tells which image it came from. */
public final class SmallProduct {
    private SmallProduct() {}

    /**
     * The product.
     *
     * @param name file name of the image
     * @param level flux of every column, erg/s/cm²/nm, and column of order 0, px
     * @param caveats what it carries
     */
    public static SpectrumProduct of(String name, double level, SortedSet<Caveat> caveats) {
        double[] lambda = {500, 501, 502};
        double[] flux = {level, level, level};
        double[] ones = {1, 1, 1};
        PixelMap map = new PixelMap(3, 2, new float[6]);
        return new SpectrumProduct(
                new SpectrumTable(
                        lambda, flux, ones, new int[3], flux, ones, ones, new int[] {10, 11, 12}, new double[3]),
                new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
                null,
                new OrderZeroStamp(map, 1, 1),
                new SpectrogramMaps(10, 0, 0, map, map, map, map, map, map, map),
                new PsfTable(lambda, ones, ones, ones, flux, flux, ones, ones, List.of("gamma"), List.of(ones)),
                List.<LineMeasurement>of(),
                summary(level),
                caveats,
                List.of(),
                new Provenance("test", "c", "v", "s", name, "i", new TreeMap<>()));
    }

    private static ProductSummary summary(double level) {
        return new ProductSummary(
                "HD \"1\", A",
                "Thor300",
                null,
                0,
                "2017-05-31T01:00:00",
                60,
                1.1,
                10,
                780,
                30,
                -20,
                5,
                40,
                180,
                1,
                level,
                683.06,
                -1.5,
                Double.NaN,
                -1.6,
                300,
                55.4,
                0.01,
                0.1,
                0.02,
                600,
                1.2,
                3.3,
                1000,
                1,
                2,
                7,
                ForwardModelSummary.none(),
                ObservationSummary.none(),
                QualitySummary.none(),
                AstrometrySummary.none());
    }
}

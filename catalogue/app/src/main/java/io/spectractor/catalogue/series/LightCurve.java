package io.spectractor.catalogue.series;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A light curve as it stands in a table. Arrays of one length, one entry for each point, in the table's order; they are not
 * copied.
 *
 * @param band names of the bands; all equal where the table has none
 * @param time days
 * @param value magnitudes or fluxes; NaN where there is none
 * @param error their 1σ; NaN where there is none
 * @param others all fields of numbers, by their names
 */
public record LightCurve(String[] band, double[] time, double[] value, double[] error, Map<String, double[]> others) {

    /** A field of numbers, or null if the table has none of that name. */
    public double @Nullable [] field(String name) {
        return others.get(name);
    }
}

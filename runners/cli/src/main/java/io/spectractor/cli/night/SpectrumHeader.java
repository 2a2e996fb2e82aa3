package io.spectractor.cli.night;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a spectrum says of its exposure; what it does not say is null or missing.
 *
 * @param id number of the visit, or name of the file without what all have behind it
 * @param dateObs start of the exposure, or whatever time the file gives
 * @param disperser label
 * @param filter label
 * @param numbers by the names of {@link HeaderColumn}
 */
record SpectrumHeader(
        String id,
        @Nullable String dateObs,
        @Nullable String disperser,
        @Nullable String filter,
        SortedMap<String, Double> numbers) {
    SpectrumHeader {
        numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
    }

    /** Name of a file without its ending. */
    static String stem(String name) {
        return name.replaceFirst("(?i)(_spectrum)?\\.(fits|csv|ecsv|txt|dat)(\\.gz)?$", "");
    }
}

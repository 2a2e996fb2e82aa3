package io.spectractor.core.pipeline;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.fit.RobustStatistics;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether a spectrum has light from column to column. Single stars in the strip of a crowded field add up to a signal too, but
 * most columns have none of it.
 */
final class Continuum {
    /** A median of n numbers of unit variance scatters by this over the root of n. */
    private static final double MEDIAN_SCATTER = 1.2533;
    /** Filters and cool stars leave much of a spectrum dark: parts down to an eighth are looked at as well. */
    private static final int MOST_PARTS = 8;

    private static final double SIGNIFICANT = 4;

    private Continuum() {}

    /** Whether the median column of the spectrum, or of a part of it, has light. */
    static boolean in(ColumnSpectrum spectrum) {
        return significance(spectrum) > SIGNIFICANT;
    }

    /** The median signal-to-noise ratio over its own error, in the most significant part. */
    private static double significance(ColumnSpectrum spectrum) {
        double[] snr = IntStream.range(0, spectrum.size())
                .filter(i -> spectrum.flags()[i] == 0)
                .mapToDouble(i -> spectrum.rate()[i] / spectrum.error(i))
                .toArray();
        double most = 0;
        for (int parts = 1; parts <= MOST_PARTS; parts *= 2) {
            for (int k = 0; k < parts; k++) {
                double[] part = Arrays.copyOfRange(snr, k * snr.length / parts, (k + 1) * snr.length / parts);
                if (part.length > 0) {
                    most = Math.max(most, RobustStatistics.median(part) * Math.sqrt(part.length) / MEDIAN_SCATTER);
                }
            }
        }
        return most;
    }
}

package io.spectractor.core.pipeline;

import io.spectractor.core.extraction.ColumnSpectrum;
import io.spectractor.core.fit.RobustStatistics;
import java.util.stream.IntStream;

/**
 * Whether a spectrum has lines in emission. A lamp without a continuum may have no light in all: between its few lines the
 * noise of hundreds of columns, and a background that is a little off, add up to more.
 */
final class BrightLines {
    private static final double SIGNIFICANT = 5;

    /** Columns that a line has at least; a cosmic ray has fewer. */
    private static final int NARROWEST = 3;

    private static final int FEWEST = 2;

    private BrightLines() {}

    /** Whether several runs of columns stand out from their median. */
    static boolean in(ColumnSpectrum spectrum) {
        double[] measured = IntStream.range(0, spectrum.size())
                .filter(i -> spectrum.flags()[i] == 0)
                .mapToDouble(i -> spectrum.rate()[i])
                .toArray();
        if (measured.length == 0) {
            return false;
        }
        double level = RobustStatistics.median(measured);
        int lines = 0;
        int run = 0;
        for (int i = 0; i < spectrum.size(); i++) {
            boolean bright = spectrum.flags()[i] == 0 && spectrum.rate()[i] - level > SIGNIFICANT * spectrum.error(i);
            run = bright ? run + 1 : 0;
            if (run == NARROWEST) {
                lines++;
            }
        }
        return lines >= FEWEST;
    }
}

package io.spectractor.catalogue.spectra;

import java.util.List;

/**
 * Light of a spectrum in bands. Arrays of one length, one entry for each band; they are not copied.
 *
 * @param bands names of the bands
 * @param flux mean flux density above the atmosphere, nJy
 * @param fluxErr its 1σ
 * @param fluxBelow mean flux density below the atmosphere, nJy; NaN where the instrument's transmission is not known
 * @param fluxBelowErr its 1σ
 * @param coverage share of the band that the spectrum covers above the atmosphere, weighted as photons of an even source
 */
public record Photometry(
        List<String> bands,
        double[] flux,
        double[] fluxErr,
        double[] fluxBelow,
        double[] fluxBelowErr,
        double[] coverage) {
    /** Zero point of AB magnitudes for nJy: -48.6 for erg/s/cm²/Hz. */
    private static final double ZERO_POINT = 31.4;

    /** No bands. */
    public static Photometry none() {
        double[] empty = {};
        return new Photometry(List.of(), empty, empty, empty, empty, empty);
    }

    /** AB magnitude of a flux density in nJy; NaN if it is not positive. */
    public static double magnitude(double nanojansky) {
        return nanojansky > 0 ? ZERO_POINT - 2.5 * Math.log10(nanojansky) : Double.NaN;
    }

    /** 1σ of that magnitude. */
    public static double magnitudeErr(double nanojansky, double err) {
        return nanojansky > 0 ? 2.5 / Math.log(10) * err / nanojansky : Double.NaN;
    }
}

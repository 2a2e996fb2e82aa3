package io.spectractor.cli;

import java.util.Locale;

/** What of a product is fitted. */
enum FitData {
    /** The columns of the spectrum. */
    SPECTRUM("_atmosphere"),
    /** The pixels of the spectrogram. */
    SPECTROGRAM("_atmosphere2d");

    private final String suffix;

    FitData(String suffix) {
        this.suffix = suffix;
    }

    /** How the files of results end, before the extension. */
    String suffix() {
        return suffix;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

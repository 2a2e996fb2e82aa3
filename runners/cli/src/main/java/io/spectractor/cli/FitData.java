package io.spectractor.cli;

import java.util.Locale;

/** What of a product is fitted. */
enum FitData {
    /** The pixels of the spectrogram. */
    SPECTROGRAM("_atmosphere"),
    /** The columns of the spectrum. */
    SPECTRUM("_atmosphere1d");

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

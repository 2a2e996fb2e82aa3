package io.spectractor.core.product;

/** Unit strings in the spelling of the FITS standard (version 4.0, section 4.3). */
final class FitsUnits {
    static final String FLUX_DENSITY = "erg s-1 cm-2 nm-1";
    static final String FLUX = "erg s-1 cm-2";
    static final String FLUX_DENSITY_SQUARED = "erg2 s-2 cm-4 nm-2";
    static final String RATE = "adu s-1";
    static final String NM = "nm";
    static final String PIXEL = "pix";

    private FitsUnits() {}
}

package io.spectractor.catalogue.spectra;

import java.util.Locale;

/** The columns of the table {@code spectra}, one value for each spectrum, in their order. */
public enum SpectraColumn {
    RA(Kind.NUMBER, "deg", "right ascension of the target, ICRS"),
    DEC(Kind.NUMBER, "deg", "declination of the target, ICRS"),
    POSITION_EPOCH(Kind.NUMBER, "a", "Julian year of that position"),
    POSITION_ORIGIN(Kind.TEXT, "", "its origin: catalogue, resolver, header or user"),
    TARGET(Kind.TEXT, "", "the star, by one name for all its spellings"),
    TARGET_AS_GIVEN(Kind.TEXT, "", "the name that the file has"),
    EXPOSURE(Kind.TEXT, "", "name of the image, or number of the visit"),
    MJD(Kind.NUMBER, "d", "middle of the exposure, modified Julian date, UTC"),
    EXPOSURE_TIME(Kind.NUMBER, "s", "exposure time"),
    AIRMASS(Kind.NUMBER, "", "airmass"),
    INSTRUMENT(Kind.TEXT, "", "camera"),
    DISPERSER(Kind.TEXT, "", "label of the disperser"),
    FILTER(Kind.TEXT, "", "label of the filter"),
    SPECTRAL_ORDER(Kind.WHOLE, "", "diffraction order"),
    TEMPERATURE(Kind.NUMBER, "Celsius", "outside temperature"),
    PRESSURE(Kind.NUMBER, "hPa", "outside pressure"),
    HUMIDITY(Kind.NUMBER, "%", "relative humidity"),
    PARALLACTIC_ANGLE(Kind.NUMBER, "deg", "parallactic angle"),
    SNR(Kind.NUMBER, "", "median of flux over error"),
    RESOLUTION(Kind.NUMBER, "nm", "FWHM of the blur, mid-spectrum"),
    REDUCED_CHI2(Kind.NUMBER, "", "of the profile fit"),
    PWV(Kind.NUMBER, "mm", "fitted water"),
    PWV_ERR(Kind.NUMBER, "mm", "1 sigma of it"),
    OZONE(Kind.NUMBER, "", "fitted ozone, Dobson units"),
    OZONE_ERR(Kind.NUMBER, "", "1 sigma of it, Dobson units"),
    AEROSOLS(Kind.NUMBER, "", "fitted vertical optical depth of aerosols"),
    AEROSOLS_ERR(Kind.NUMBER, "", "1 sigma of it"),
    AIR_OR_VACUUM(Kind.TEXT, "", "wavelengths in air or in vacuum"),
    CAVEATS(Kind.TEXT, "", "what a user should know, blanks between"),
    FILE(Kind.TEXT, "", "name of the file it comes from"),
    RUN(Kind.TEXT, "", "run that made it"),
    CODE_VERSION(Kind.TEXT, "", "version of the software"),
    CONFIG_SHA256(Kind.TEXT, "", "of the canonical configuration"),
    CALIBRATION_SHA256(Kind.TEXT, "", "of the calibration data"),
    INPUT_SHA256(Kind.TEXT, "", "of the image"),
    SCIENCE_SHA256(Kind.TEXT, "", "of all that the file says about the sky"),
    WRITTEN(Kind.TEXT, "", "when the file was written, UTC; of two spectra of an exposure the later one shows");

    /** What a value is. */
    public enum Kind {
        NUMBER,
        WHOLE,
        TEXT
    }

    private final Kind kind;
    private final String unit;
    private final String meaning;

    SpectraColumn(Kind kind, String unit, String meaning) {
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
    }

    public Kind kind() {
        return kind;
    }

    /** Unit, empty if it has none. */
    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    /** Name in the table. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}

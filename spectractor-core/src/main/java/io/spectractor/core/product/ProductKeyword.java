package io.spectractor.core.product;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every keyword that this software itself writes into a spectrum file: name, type, unit and comment, in one place. The
 * cards' comments and the documentation are generated from it. The order is the order in the file.
 */
public enum ProductKeyword {
    EXTNAME(Section.LAYOUT, Type.TEXT, "", "name of this HDU"),
    BUNIT(Section.LAYOUT, Type.TEXT, "", "unit of the values"),
    LONGSTRN(Section.LAYOUT, Type.TEXT, "", "long strings continue in CONTINUE cards"),
    VERSION(Section.LAYOUT, Type.TEXT, "", "version of Spectractor's file layout"),
    FMTVERS(Section.LAYOUT, Type.TEXT, "", "semantic version of this format"),
    UNIT1(Section.LAYOUT, Type.TEXT, "", "unit of row 1"),
    UNIT2(Section.LAYOUT, Type.TEXT, "", "unit of rows 2 and 3"),
    COMMENTS(Section.LAYOUT, Type.TEXT, "", ""),
    CONFIG(Section.LAYOUT, Type.TEXT, "", "no file: see HDU CONFIG"),

    TARGET(Section.OBSERVATION, Type.TEXT, "", "name of the star"),
    GRATING(Section.OBSERVATION, Type.TEXT, "", "label of the disperser"),
    FILTER(Section.OBSERVATION, Type.TEXT, "", "label of the filter"),
    REDSHIFT(Section.OBSERVATION, Type.REAL, "", "redshift applied to the star's lines"),
    RA_TARG(Section.OBSERVATION, Type.REAL, "deg", "right ascension of the target, ICRS"),
    DEC_TARG(Section.OBSERVATION, Type.REAL, "deg", "declination of the target, ICRS"),
    POSEPOCH(Section.OBSERVATION, Type.REAL, "a", "Julian year of the target's position"),
    POSORIG(Section.OBSERVATION, Type.TEXT, "", "its origin: catalogue, resolver or header"),
    RA(Section.OBSERVATION, Type.REAL, "deg", "right ascension of the pointing"),
    DEC(Section.OBSERVATION, Type.REAL, "deg", "declination of the pointing"),
    RADESYS(Section.OBSERVATION, Type.TEXT, "", "system of the positions"),
    EQUINOX(Section.OBSERVATION, Type.REAL, "a", "equinox of the positions"),
    INSTRUME(Section.OBSERVATION, Type.TEXT, "", "instrument"),
    OBSERVER(Section.OBSERVATION, Type.TEXT, "", "who observed"),
    TIMESYS(Section.OBSERVATION, Type.TEXT, "", "scale of all times"),
    DATE_OBS("DATE-OBS", Section.OBSERVATION, Type.TEXT, "", "start of the exposure (UTC)"),
    DATE_BEG("DATE-BEG", Section.OBSERVATION, Type.TEXT, "", "the same"),
    DATE_AVG("DATE-AVG", Section.OBSERVATION, Type.TEXT, "", "middle of the exposure"),
    DATE_END("DATE-END", Section.OBSERVATION, Type.TEXT, "", "end of the exposure"),
    MJD_OBS("MJD-OBS", Section.OBSERVATION, Type.REAL, "d", "start of the exposure, MJD"),
    MJD_BEG("MJD-BEG", Section.OBSERVATION, Type.REAL, "d", "the same"),
    MJD_AVG("MJD-AVG", Section.OBSERVATION, Type.REAL, "d", "middle of the exposure, MJD"),
    MJD_END("MJD-END", Section.OBSERVATION, Type.REAL, "d", "end of the exposure, MJD"),
    EXPTIME(Section.OBSERVATION, Type.REAL, "s", "exposure time"),
    AIRMASS(Section.OBSERVATION, Type.REAL, "", "airmass"),
    AM_FIT(Section.OBSERVATION, Type.REAL, "", "airmass of the refraction model, not fitted"),
    OUTTEMP(Section.OBSERVATION, Type.REAL, "Celsius", "outside temperature"),
    OUTPRESS(Section.OBSERVATION, Type.REAL, "hPa", "outside pressure"),
    OUTHUM(Section.OBSERVATION, Type.REAL, "%", "relative humidity"),
    HA(Section.OBSERVATION, Type.REAL, "deg", "hour angle, decimal degrees"),
    PARANGLE(Section.OBSERVATION, Type.REAL, "deg", "parallactic angle"),
    CAM_ROT(Section.OBSERVATION, Type.REAL, "deg", "rotation of the camera"),
    CCDREBIN(Section.OBSERVATION, Type.INTEGER, "px", "pixels summed along each axis"),
    CCD_REBIN(Section.OBSERVATION, Type.INTEGER, "px", "the same, Spectractor's name"),

    TARGETX(Section.GEOMETRY, Type.REAL, "px", "order-0 column in the image, from 0"),
    TARGETY(Section.GEOMETRY, Type.REAL, "px", "order-0 row in the image, from 0"),
    ASTROM(Section.GEOMETRY, Type.TEXT, "", "world coordinates used, or why none"),
    AST_X(Section.GEOMETRY, Type.REAL, "px", "column where they put the target"),
    AST_Y(Section.GEOMETRY, Type.REAL, "px", "row where they put the target"),
    AST_ERR(Section.GEOMETRY, Type.REAL, "px", "1 sigma of both"),
    AST_N(Section.GEOMETRY, Type.INTEGER, "", "stars that they were refined with"),
    AST_RMS(Section.GEOMETRY, Type.REAL, "px", "rms of the distances of these stars"),
    STARTAB(Section.GEOMETRY, Type.TEXT, "", "table of the field's stars"),
    NSTARS(Section.GEOMETRY, Type.INTEGER, "", "stars of the table in the model"),
    ROTANGLE(Section.GEOMETRY, Type.REAL, "deg", "angle of the dispersion axis"),
    THETAFIT(Section.GEOMETRY, Type.REAL, "deg", "that angle from the Hessian"),
    THETAINT(Section.GEOMETRY, Type.REAL, "deg", "that angle from the disperser's map"),
    GROOVES(Section.GEOMETRY, Type.REAL, "1/mm", "groove density at order 0"),

    D2CCD(Section.CALIBRATION, Type.REAL, "mm", "fitted distance disperser to CCD"),
    D2CCDERR(Section.CALIBRATION, Type.REAL, "mm", "1 sigma of D2CCD"),
    PIXSHIFT(Section.CALIBRATION, Type.REAL, "px", "order-0 shift, already in TARGETX/Y"),
    PIXSHERR(Section.CALIBRATION, Type.REAL, "px", "1 sigma of PIXSHIFT"),
    LBDA_REF(Section.CALIBRATION, Type.REAL, "nm", "reference wavelength of the refraction"),
    NLINES(Section.CALIBRATION, Type.INTEGER, "", "lines used by the wavelength solution"),
    CHI2_FIT(Section.CALIBRATION, Type.REAL, "", "reduced chi2 of the profile fit"),
    A2_FIT(Section.CALIBRATION, Type.REAL, "", "factor on order 2 over 1, fitted"),
    A2_ERR(Section.CALIBRATION, Type.REAL, "", "1 sigma of A2_FIT"),
    A3_FIT(Section.CALIBRATION, Type.REAL, "", "factor on order 3 over 1, fitted"),
    A3_ERR(Section.CALIBRATION, Type.REAL, "", "1 sigma of A3_FIT, the prior's if unseen"),
    PWV_FIT(Section.CALIBRATION, Type.REAL, "mm", "water of the reference, fitted"),
    PWV_ERR(Section.CALIBRATION, Type.REAL, "mm", "1 sigma of PWV_FIT"),
    REF_TYPE(Section.CALIBRATION, Type.TEXT, "", "reference: known, template, replaced, none"),
    REF_NAME(Section.CALIBRATION, Type.TEXT, "", "the star, or those of the templates"),
    REF_RMS(Section.CALIBRATION, Type.REAL, "", "rms of spectrum over reference"),
    REF_Z(Section.CALIBRATION, Type.REAL, "", "redshift of the templates, fitted"),
    REF_ZERR(Section.CALIBRATION, Type.REAL, "", "1 sigma of REF_Z"),
    REF_PROB(Section.CALIBRATION, Type.REAL, "", "probability of the wavelength solution"),
    PSF_REG(Section.CALIBRATION, Type.REAL, "", "precision of the amplitudes' prior"),
    TRACE_R(Section.CALIBRATION, Type.REAL, "", "degrees of freedom of the spectrum"),
    MEANFWHM(Section.CALIBRATION, Type.REAL, "px", "mean FWHM of the profile"),

    SPECSYS(Section.CALIBRATION, Type.TEXT, "", "frame: observer's, motion not corrected"),
    AIRORVAC(Section.CALIBRATION, Type.TEXT, "", "wavelengths in air or in vacuum"),
    FLUX_IS(Section.CALIBRATION, Type.TEXT, "", ""),
    METHOD(Section.CALIBRATION, Type.TEXT, "", "extraction that the flux is of"),
    TOA_REF(Section.CALIBRATION, Type.TEXT, "", ""),
    SNR(Section.CALIBRATION, Type.REAL, "", "median of flux over error, per column"),
    SPECRES(Section.CALIBRATION, Type.REAL, "nm", "FWHM of the blur, mid-spectrum"),
    SPECBIN(Section.CALIBRATION, Type.REAL, "nm", "width of a column, mid-spectrum"),

    S_X0(Section.SPECTROGRAM, Type.REAL, "px", "order-0 column in the S_ maps"),
    S_Y0(Section.SPECTROGRAM, Type.REAL, "px", "order-0 row in the S_ maps"),
    S_XMIN(Section.SPECTROGRAM, Type.INTEGER, "px", "first column of the maps in the image"),
    S_XMAX(Section.SPECTROGRAM, Type.INTEGER, "px", "last column + 1"),
    S_YMIN(Section.SPECTROGRAM, Type.INTEGER, "px", "first row of the maps in the image"),
    S_YMAX(Section.SPECTROGRAM, Type.INTEGER, "px", "last row + 1"),
    S_NX(Section.SPECTROGRAM, Type.INTEGER, "px", "columns of the maps"),
    S_NY(Section.SPECTROGRAM, Type.INTEGER, "px", "rows of the maps"),
    S_FITROW(Section.SPECTROGRAM, Type.INTEGER, "px", "first row of S_FIT, S_RES in the maps"),
    S_DEG(Section.SPECTROGRAM, Type.INTEGER, "", "degree of the shape polynomials"),
    S_SAT(Section.SPECTROGRAM, Type.REAL, "adu/s", "saturation level"),
    S_ORDER(Section.SPECTROGRAM, Type.INTEGER, "", "diffraction order"),

    NCAVEATS(Section.PROVENANCE, Type.INTEGER, "", "number of caveats"),
    NWARNING(Section.PROVENANCE, Type.INTEGER, "", "how many of them are warnings"),
    CAVEATS(Section.PROVENANCE, Type.TEXT, "", "what a user should know"),
    ORIGIN(Section.PROVENANCE, Type.TEXT, "", "who wrote the file"),
    CREATOR(Section.PROVENANCE, Type.TEXT, "", "software"),
    CODEVER(Section.PROVENANCE, Type.TEXT, "", "its version"),
    CFGHASH(Section.PROVENANCE, Type.TEXT, "", "SHA-256 of the canonical configuration"),
    CALVERS(Section.PROVENANCE, Type.TEXT, "", "version of the calibration data"),
    CALHASH(Section.PROVENANCE, Type.TEXT, "", "SHA-256 of the calibration data"),
    INFILE(Section.PROVENANCE, Type.TEXT, "", "file name of the input image"),
    INHASH(Section.PROVENANCE, Type.TEXT, "", "SHA-256 of the input file as read"),
    DEPNAM("DEPNAMnn", Section.PROVENANCE, Type.TEXT, "", "library"),
    DEPVER("DEPVERnn", Section.PROVENANCE, Type.TEXT, "", "its version"),
    INCARDS(Section.PROVENANCE, Type.INTEGER, "", "cards below, from the input's header"),

    DATE(Section.EXTENSIONS, Type.TEXT, "", "TIMINGS: when the file was written (UTC)"),
    HASORD2(Section.EXTENSIONS, Type.LOGICAL, "", "ORDER2: F if it holds only zeros"),
    IM_X0(Section.EXTENSIONS, Type.REAL, "px", "ORDER0: order-0 column in the stamp"),
    IM_Y0(Section.EXTENSIONS, Type.REAL, "px", "ORDER0: order-0 row in the stamp"),
    CHECKSUM(Section.EXTENSIONS, Type.TEXT, "", "checksum of the HDU"),
    DATASUM(Section.EXTENSIONS, Type.TEXT, "", "checksum of its data");

    /** Groups of keywords, in the order of the file. */
    public enum Section {
        LAYOUT("Layout"),
        OBSERVATION("Observation"),
        GEOMETRY("Geometry"),
        CALIBRATION("Extraction and wavelength solution"),
        SPECTROGRAM("Spectrogram maps"),
        PROVENANCE("Caveats and provenance"),
        EXTENSIONS("In single or all HDUs");

        private final String title;

        Section(String title) {
            this.title = title;
        }

        /** Title for people. */
        public String title() {
            return title;
        }
    }

    /** Type of a value. */
    public enum Type {
        TEXT,
        INTEGER,
        REAL,
        LOGICAL
    }

    private static final Set<String> NAMES =
            Arrays.stream(values()).map(ProductKeyword::keyword).collect(Collectors.toUnmodifiableSet());

    private final String keyword;
    private final Section section;
    private final Type type;
    private final String unit;
    private final String comment;

    ProductKeyword(Section section, Type type, String unit, String comment) {
        this.keyword = name();
        this.section = section;
        this.type = type;
        this.unit = unit;
        this.comment = comment;
    }

    ProductKeyword(String keyword, Section section, Type type, String unit, String comment) {
        this.keyword = keyword;
        this.section = section;
        this.type = type;
        this.unit = unit;
        this.comment = comment;
    }

    /** The keyword as it stands in the file; numbered ones end in {@code nn}. Longer than 8 characters: HIERARCH. */
    public String keyword() {
        return keyword;
    }

    /** A numbered keyword, e.g. {@code DEPNAM01}. */
    public String keyword(int number) {
        if (!isNumbered()) {
            throw new IllegalStateException(keyword + " is not a numbered keyword");
        }
        return keyword.replace("nn", String.format(Locale.ROOT, "%02d", number));
    }

    /** Whether the keyword is a series. */
    public boolean isNumbered() {
        return keyword.endsWith("nn");
    }

    public Section section() {
        return section;
    }

    public Type type() {
        return type;
    }

    /** Unit of the value, empty if it has none. */
    public String unit() {
        return unit;
    }

    /** Meaning, one line. */
    public String comment() {
        return comment;
    }

    /** The comment of the card: unit in brackets, as FITS recommends, then the meaning. */
    String cardComment() {
        return unit.isEmpty() ? comment : "[" + unit + "] " + comment;
    }

    /** Whether this software writes that keyword, so that an input's card of that name must give way. */
    static boolean isOurs(String name) {
        return NAMES.contains(name) || name.matches("DEP(NAM|VER)\\d+");
    }
}

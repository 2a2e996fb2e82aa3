package io.spectractor.core.product;

import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.config.RecordFields;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.outcome.Caveat;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Made-up products with the shapes and sizes of real ones. The numbers mean nothing, but they are all different. */
final class ProductFixtures {
    /** Columns and rows of the real run 20170530_134 (668 wavelengths, 420 rows, 60 of them in the fit). */
    static final int COLUMNS = 668;

    static final int ROWS = 420;
    static final int FIT_ROWS = 60;

    /**
     * Cards as they stand in CTIO files: PROPID, UT and SLOT02 twice, comments cut at the edge, text and numbers mixed;
     * then what simulated and processed frames add.
     */
    static final List<String> NASTY_CARDS = pad(List.of(
            "SIMPLE  =                    T / conforms to FITS standard",
            "BITPIX  =                  -32 / array data type",
            "NAXIS   =                    2 / number of array dimensions",
            "NAXIS1  =                 2048",
            "NAXIS2  =                 2048",
            "BZERO   =              32768.0",
            "CHECKSUM= '9AAA99A99AAA99A9'   / HDU checksum updated 2017-06-01T00:00:00",
            "DATASUM = '0       '",
            "OBJECT  = 'HD11980 '           / Name of object observed",
            "OBSERVER= '        '           / observer",
            "PROPID  = '        '           / Proposal ID",
            "RECID   = 'ct36.20170531.025352' / NOAO Archibe record ID",
            "PROPID  = '        '           / Proposal ID",
            "UT      = '02:53:52.356'       / UT of TCS coordinates",
            "DATE-OBS= '2017-05-31T02:53:52.356' / date of observations start",
            "DATE    = '2017-05-31T02:55:54' / file creation date (YYYY-MM-DDThh:mm:ss UT)",
            "CSEC22  = '[1035:2068,1025:2048]' / section in full ccd for DSEC Amp22(UR) detID",
            "EXPTIME =                 120. / Exposure time in secs",
            "DHEFIRM = '/home/observer/panview/fpas/_biw/config/DETECTOR/site2k_sequencer.uc'",
            "SLOT02  = 'CFG 0xNONE 2.240000' / dhe board: <type> <serial> <firmware>",
            "SLOT04  = 'CCDAFE 0x188167 18805C 2.210000' / dhe board: <type> <serial> <firmwa",
            "SLOT02  = 'TSM 0x3C6784 NONE'  / dhe board: <type> <serial> <firmware>",
            "TELESCOP= 'CTIO 0.9 meter telescope' / Specific system",
            "UT      = '02:53:52.16'        / UT of TCS coords",
            "RA      = '12:53:8.10'         / ra",
            "DEC     = '-18:33:27.78'       / dec",
            "EPOCH   =                2000. / epoch",
            "HA      = '01:52:42.92'        / hour angle",
            "AIRMASS =                1.131 / airmass",
            "FILTERS = 'dia HoloAmAg'       / Filter positions",
            "OWNER   = 'O''Neill''s'        / quotes in a text",
            "SEEING  =                  nan / breaks the standard",
            "NOVALUE =                      / nothing here",
            "CTYPE1  = 'RA---TAN'           / sky coordinates of the image, not of a spectrum",
            "CD1_1   =              -0.0001",
            "HIERARCH ESO DET NAME = 'Tek2K_3' / a long keyword",
            "LONGTEXT= 'a text that goes on and on, as those of the image simulator do, for&'",
            "CONTINUE  ' more than one card, and has an ampersand & at the middle, then &'",
            "CONTINUE  'an end.' / comment at the end",
            "CONTINUE  'an orphan that continues nothing'",
            "HISTORY overscan and trim, flat",
            "COMMENT free text with the degree sign \u00b0",
            "",
            "END"));

    private ProductFixtures() {}

    /** A product of realistic size. */
    static SpectrumProduct typical() {
        return product(COLUMNS, ROWS, FIT_ROWS, "HD111980", NASTY_CARDS);
    }

    /** A small product for tests that look at single cells. */
    static SpectrumProduct small() {
        return product(12, 9, 5, "HD111980", NASTY_CARDS);
    }

    /** Keywords that the standard gives a meaning, and of each kind some of alternate coordinates. */
    private static final List<String> RESERVED = List.of(
            ("AUTHOR BEPOCH BITPIX BLANK BLOCKED BSCALE BUNIT BZERO CD1_1 CD1_1B CDELT1 CHECKSUM CNAME1 CRDER1 CROTA2"
                            + " CRPIX1 CRVAL1 CRVAL3 CSYER1 CTYPE1 CTYPE1B CUNIT1 DATAMAX DATAMIN DATASUM DATE DATE-AVG DATE-BEG"
                            + " DATE-END DATE-OBS DATEREF EPOCH EQUINOX EQUINOXA EXTEND EXTLEVEL EXTNAME EXTVER GCOUNT GROUPS INHERIT"
                            + " INSTRUME JDREF JEPOCH LATPOLE LATPOLEB LONPOLE LONPOLEA MJD-AVG MJD-BEG MJD-END MJD-OBS MJDREF"
                            + " MJDREFF MJDREFI NAXIS NAXIS1 NAXIS3 OBJECT OBSERVER OBSGEO-B OBSGEO-H OBSGEO-L OBSGEO-X OBSGEO-Y"
                            + " OBSGEO-Z ORIGIN PC1_1 PCOUNT PLEPHEM PS1_0 PSCAL1 PTYPE1 PV1_1 PZERO1 RADECSYS RADESYS RADESYSA"
                            + " REFERENC RESTFRQ RESTFRQC RESTWAV SIMPLE SPECSYS SPECSYSA SSYSOBS SSYSSRC TBCOL1 TDIM1 TDISP1"
                            + " TELAPSE TELESCOP TFIELDS TFORM1 THEAP TIMEDEL TIMEOFFS TIMEPIXR TIMESYS TIMEUNIT TIMRDER TIMSYER"
                            + " TNULL1 TREFDIR TREFPOS TSCAL1 TSTART TSTOP TTYPE1 TUNIT1 TZERO1 VELANGL VELOSYS VELREF WCSAXES"
                            + " WCSAXESA WCSNAME WCSNAMEP XPOSURE XTENSION ZBITPIX ZIMAGE ZSOURCE ZVAL1")
                    .split(" ", -1));

    /**
     * A product whose input has all reserved keywords with one value, of the wrong type for some.
     *
     * @param value as in the card
     */
    static SpectrumProduct strange(String value) {
        List<String> cards = RESERVED.stream()
                .map(keyword -> CardText.padRight(CardText.padRight(keyword, 8) + "= " + value, CardText.LENGTH))
                .toList();
        return product(12, 9, 5, "HD111980", cards);
    }

    /** A product with everything absent that may be absent. */
    static SpectrumProduct bare() {
        SpectrumProduct p = product(7, 6, 4, null, List.of());
        ProductSummary s = p.summary();
        ProductSummary summary = new ProductSummary(
                null,
                s.disperser(),
                null,
                s.redshift(),
                s.dateObs(),
                s.exposureSeconds(),
                s.airmass(),
                s.temperatureCelsius(),
                s.pressureHPa(),
                s.humidityPercent(),
                s.declinationDeg(),
                s.hourAngleDeg(),
                s.parallacticAngleDeg(),
                s.cameraRotationDeg(),
                s.rebin(),
                s.targetX(),
                s.targetY(),
                s.rotationAngleDeg(),
                Double.NaN,
                s.disperserAngleDeg(),
                s.groovesPerMm(),
                s.distanceMm(),
                Double.NaN,
                s.shiftPx(),
                Double.NaN,
                s.lambdaRefNm(),
                Double.NaN,
                s.meanFwhmPx(),
                s.saturationRate(),
                s.order(),
                s.psfDegree(),
                0,
                ForwardModelSummary.none(),
                ObservationSummary.none(),
                QualitySummary.none(),
                AstrometrySummary.none());
        return new SpectrumProduct(
                p.spectrum(),
                p.covariance(),
                null,
                p.order0(),
                p.spectrogram(),
                p.psf(),
                List.of(),
                summary,
                new TreeSet<>(),
                List.of(),
                p.provenance());
    }

    private static SpectrumProduct product(int n, int rows, int fitRows, @Nullable String target, List<String> cards) {
        Random random = new Random(134);
        double[] lambda = new double[n];
        int[] column = new int[n];
        int[] mask = new int[n];
        for (int i = 0; i < n; i++) {
            lambda[i] = 344.87 + 738.0 * i / n + 0.01 * random.nextDouble();
            column[i] = 940 + i;
            mask[i] = i % 50 == 3 ? 2 : 0;
        }
        SpectrumTable spectrum = new SpectrumTable(
                lambda,
                uniform(random, n, 1e-14, 3e-13),
                uniform(random, n, 1e-16, 5e-15),
                mask,
                uniform(random, n, 1, 900),
                uniform(random, n, 0.1, 8),
                uniform(random, n, 0.05, 0.2),
                column,
                uniform(random, n, 690, 700),
                new TopOfAtmosphereSpectrum(
                        uniform(random, n, 1e-13, 3e-12),
                        uniform(random, n, 1e-15, 5e-14),
                        uniform(random, n, 0.05, 0.2),
                        uniform(random, n, 0.001, 0.01),
                        "telescope ctio, disperser HoloAmAg, filter RG715; atmosphere: airmass 1.131, 784 hPa"));
        double[] covariance = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                covariance[i * n + j] =
                        spectrum.fluxErr()[i] * spectrum.fluxErr()[j] * Math.exp(-Math.abs(i - j) / 1.7);
            }
        }
        OrderTwoSpectrum order2 = new OrderTwoSpectrum(
                uniform(random, n, 300, 550), uniform(random, n, 0, 1e-14), uniform(random, n, 1e-17, 1e-16));
        PixelMap mapMask = map(random, n, rows);
        for (int i = 0; i < mapMask.values().length; i++) {
            mapMask.values()[i] = i % 97 == 0 ? 2 : 0;
        }
        PixelMap residuals = map(random, n, fitRows);
        residuals.values()[1] = Float.NaN;
        SpectrogramMaps maps = new SpectrogramMaps(
                940,
                473,
                (rows - fitRows) / 2,
                map(random, n, rows),
                map(random, n, rows),
                map(random, n, rows),
                map(random, n, rows),
                map(random, n, fitRows),
                residuals,
                mapMask);
        int stamp = Math.min(100, n);
        return new SpectrumProduct(
                spectrum,
                covariance,
                order2,
                new OrderZeroStamp(map(random, stamp, stamp), 50.80123456789, 50.14),
                maps,
                psf(random, lambda),
                lines(),
                summary(target),
                new TreeSet<>(EnumSet.of(Caveat.ORDER0_SATURATED, Caveat.OUTSIDE_DISPERSER_MAP, Caveat.LOW_SIGNAL)),
                cards,
                provenance());
    }

    private static ProductSummary summary(@Nullable String target) {
        return new ProductSummary(
                target,
                "HoloAmAg",
                "RG715",
                5.2e-4,
                "2017-05-31T02:53:52.356",
                120,
                1.131,
                8.6,
                784,
                25,
                -18.55771666666667,
                28.17883333333333,
                241.18467291,
                180,
                1,
                743.6712345678901,
                683.0598,
                -1.553123,
                -1.5526,
                -1.64,
                346.92,
                55.5801,
                0.0123,
                -0.026,
                0.011,
                588.0,
                1.0451,
                4.234,
                500,
                1,
                2,
                9,
                new ForwardModelSummary(0.987, 0.013, 1.04, 0.09, 4.25, 0.125, 2.5e5, 123.4)
                        .with(new ReferenceSummary(
                                "template", "0.65 (HD106252) + 0.35 18 SCO", 0.0125, 1.5e-4, 2.5e-4, 0.998)),
                new ObservationSummary(
                        193.283775,
                        -18.557717,
                        2000,
                        "catalogue",
                        193.28375,
                        "cfccd",
                        "O'Neill",
                        "2017-05-31T02:53:52.356",
                        "2017-05-31T02:54:52.356",
                        "2017-05-31T02:55:52.356",
                        57904.12074486,
                        57904.1214393),
                new QualitySummary(182, 4.71, 1.112, "vacuum", "psf1d"),
                new AstrometrySummary("file", 743.6711, 683.0612, 0.0345, 97, 0.134, "gaia.ecsv", 3));
    }

    private static PsfTable psf(Random random, double[] lambda) {
        int n = lambda.length;
        return new PsfTable(
                lambda,
                uniform(random, n, 200, 860),
                uniform(random, n, -3, 20),
                uniform(random, n, -3, 20),
                uniform(random, n, 1, 900),
                uniform(random, n, 1, 900),
                uniform(random, n, 0.1, 8),
                uniform(random, n, 3, 6),
                List.of("gamma", "alpha"),
                List.of(uniform(random, n, 2, 5), uniform(random, n, 2, 4)));
    }

    private static List<LineMeasurement> lines() {
        return List.of(
                new LineMeasurement(
                        "$H\\alpha$", 656.62, 656.51, 0.07, 5.2, -2.1e-14, 12.3, 1.1, 1.4, true, -1.2e-13, 9e-15),
                new LineMeasurement(
                        "$O_2(B)$", 687.472, 687.9, 0.11, 6.4, -1.1e-14, 8.4, 0.9, 0.8, false, -7e-14, 8e-15));
    }

    private static Provenance provenance() {
        return new Provenance(
                "0.1.0",
                "0123456789abcdef".repeat(4),
                "2026.1",
                "fedcba9876543210".repeat(4),
                "reduc_20170530_134.fits",
                "00112233445566778899aabbccddeeff".repeat(2),
                config(Instruments.ctio().config()));
    }

    /** {@code section.key} to value, words in lower case. */
    static SortedMap<String, String> config(ExtractionConfig config) {
        SortedMap<String, String> map = new TreeMap<>();
        for (RecordComponent section : ExtractionConfig.class.getRecordComponents()) {
            Object values = RecordFields.value(section, config);
            for (RecordComponent key : section.getType().getRecordComponents()) {
                Object value = RecordFields.value(key, values);
                map.put(
                        RecordFields.keyName(section) + "." + RecordFields.keyName(key),
                        value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value.toString());
            }
        }
        return map;
    }

    private static PixelMap map(Random random, int width, int height) {
        float[] values = new float[width * height];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (10 * random.nextGaussian());
        }
        return new PixelMap(width, height, values);
    }

    private static double[] uniform(Random random, int n, double low, double high) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = low + (high - low) * random.nextDouble();
        }
        return values;
    }

    private static List<String> pad(List<String> cards) {
        List<String> padded = new ArrayList<>();
        cards.forEach(card -> padded.add(CardText.padRight(card, CardText.LENGTH)));
        return List.copyOf(padded);
    }
}

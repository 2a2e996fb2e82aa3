package io.spectractor.core.product;

import io.spectractor.core.outcome.Caveat;
import io.spectractor.core.outcome.Stage;
import io.spectractor.core.outcome.StageTimings;
import io.spectractor.core.product.ProductFormatException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spectrum files that {@link ProductWriter} writes.
 *
 * <p>What the writer was given comes back, with these exceptions: {@code inputCards} are those that the product kept;
 * infinite header numbers come back as NaN; texts are ASCII without trailing blanks. Checksums are verified. HDUs that
 * somebody removed come back empty ({@code SPEC_COV} as the diagonal of the variances), but {@code SPECTRUM} and the
 * last one, {@code CONFIG}, must be there: without the latter the file counts as truncated.
 */
public final class ProductReader {

    /**
     * Reads a product.
     *
     * @throws ProductFormatException if the file is not a complete, undamaged product
     * @throws IOException if it cannot be read
     */
    public SpectrumProduct read(Path file) throws IOException {
        return read(Files.readAllBytes(file), file.toString());
    }

    /**
     * Reads a product from memory.
     *
     * @param name name of the file, for the error message
     * @throws ProductFormatException if the bytes are not a complete, undamaged product
     */
    public SpectrumProduct read(byte[] bytes, String name) throws ProductFormatException {
        Map<String, StoredHdu> hdus = open(bytes, name);
        StoredHdu primary = hdu(hdus, ProductHdu.PRIMARY);
        if (primary == null || primary.text(ProductKeyword.CODEVER.keyword()) == null) {
            throw notAProduct(name, "it lacks the card CODEVER");
        }
        requireReadable(primary.text(ProductKeyword.FMTVERS.keyword()), name);
        StoredHdu spectrumHdu = hdu(hdus, ProductHdu.SPECTRUM);
        if (spectrumHdu == null) {
            throw notAProduct(name, "it lacks the table SPECTRUM");
        }
        StoredHdu configHdu = hdu(hdus, ProductHdu.CONFIG);
        if (configHdu == null) {
            throw new ProductFormatException(
                    Problem.TRUNCATED, name, "it ends before its HDU CONFIG; extract the image again");
        }
        SpectrumTable spectrum = spectrum(spectrumHdu, primary);
        return new SpectrumProduct(
                spectrum,
                covariance(hdu(hdus, ProductHdu.SPEC_COV), spectrum),
                order2(hdu(hdus, ProductHdu.ORDER2)),
                order0(hdu(hdus, ProductHdu.ORDER0)),
                maps(hdus, primary),
                psf(hdu(hdus, ProductHdu.PSF_TAB)),
                lines(hdu(hdus, ProductHdu.LINES)),
                StoredHeader.summary(primary),
                caveats(primary),
                StoredHeader.inputCards(primary),
                StoredHeader.provenance(primary, config(configHdu)));
    }

    /**
     * Stage timings of a product; none if it has no TIMINGS.
     *
     * @throws ProductFormatException if the bytes are not a complete, undamaged FITS file
     */
    public StageTimings timings(byte[] bytes, String name) throws ProductFormatException {
        StoredHdu hdu = hdu(open(bytes, name), ProductHdu.TIMINGS);
        StageTimings timings = StageTimings.none();
        if (hdu == null) {
            return timings;
        }
        StoredTable table = new StoredTable(hdu);
        List<String> stages = table.texts(ProductColumn.STAGE.name());
        double[] seconds = table.doubles(ProductColumn.SECONDS.name());
        for (int i = 0; i < seconds.length; i++) {
            try {
                timings = timings.with(Stage.valueOf(stages.get(i)), seconds[i]);
            } catch (IllegalArgumentException e) {
                throw hdu.malformed("unknown stage " + stages.get(i));
            }
        }
        return timings;
    }

    /**
     * When a product was written, ISO 8601, UTC; null if it does not say.
     *
     * @throws ProductFormatException if the bytes are not a complete, undamaged FITS file
     */
    public @Nullable String written(byte[] bytes, String name) throws ProductFormatException {
        StoredHdu hdu = hdu(open(bytes, name), ProductHdu.TIMINGS);
        return hdu == null ? null : hdu.text(ProductKeyword.DATE.keyword());
    }

    private static Map<String, StoredHdu> open(byte[] bytes, String name) throws ProductFormatException {
        Map<String, StoredHdu> hdus = new LinkedHashMap<>();
        for (StoredHdu hdu : StoredHdu.split(bytes, name)) {
            hdu.verify();
            hdus.putIfAbsent(hdu.name(), hdu);
        }
        return hdus;
    }

    private static @Nullable StoredHdu hdu(Map<String, StoredHdu> hdus, ProductHdu which) {
        return hdus.get(which.name());
    }

    private static ProductFormatException notAProduct(String name, String why) {
        return new ProductFormatException(
                Problem.NOT_A_PRODUCT,
                name,
                "not a spectrum of this software: " + why + "; give a *_spectrum.fits written by spectractor run");
    }

    private static void requireReadable(@Nullable String version, String name) throws ProductFormatException {
        FormatVersion format;
        try {
            format = FormatVersion.parse(version);
        } catch (IllegalArgumentException e) {
            throw new ProductFormatException(
                    Problem.MALFORMED,
                    name,
                    "its card FMTVERS is wrong: " + e.getMessage() + "; extract the image again");
        }
        if (!FormatVersion.PRODUCT.reads(format)) {
            throw new ProductFormatException(
                    Problem.OTHER_FORMAT,
                    name,
                    "its format is " + format + ", this version reads " + FormatVersion.PRODUCT.major()
                            + ".x; read it with the version that wrote it (card CODEVER), or extract the image again");
        }
    }

    private static SpectrumTable spectrum(StoredHdu hdu, StoredHdu primary) throws ProductFormatException {
        StoredTable t = new StoredTable(hdu);
        return new SpectrumTable(
                t.doubles(ProductColumn.LAMBDA.name()),
                t.doubles(ProductColumn.FLUX.name()),
                t.doubles(ProductColumn.FLUX_ERR.name()),
                t.integers(ProductColumn.MASK.name()),
                t.doubles(ProductColumn.RATE.name()),
                t.doubles(ProductColumn.RATE_ERR.name()),
                t.doubles(ProductColumn.LAMBDA_ERR.name()),
                t.integers(ProductColumn.COLUMN.name()),
                t.doubles(ProductColumn.TRACE_Y.name()),
                above(t, primary));
    }

    /** Nothing known if an earlier version wrote the product. */
    private static TopOfAtmosphereSpectrum above(StoredTable t, StoredHdu primary) throws ProductFormatException {
        if (!t.names().contains(ProductColumn.FLUX_TOA.name())) {
            return TopOfAtmosphereSpectrum.unknown(t.rows());
        }
        String reference = primary.text(ProductKeyword.TOA_REF.keyword());
        return new TopOfAtmosphereSpectrum(
                t.doubles(ProductColumn.FLUX_TOA.name()),
                t.doubles(ProductColumn.FLUX_TOA_ERR.name()),
                t.doubles(ProductColumn.TRANSM.name()),
                t.doubles(ProductColumn.TRANSM_ERR.name()),
                reference == null ? "" : reference);
    }

    private static double[] covariance(@Nullable StoredHdu hdu, SpectrumTable spectrum) throws ProductFormatException {
        int n = spectrum.size();
        if (hdu == null) {
            double[] diagonal = new double[Math.multiplyExact(n, n)];
            for (int i = 0; i < n; i++) {
                diagonal[i * (n + 1)] = spectrum.fluxErr()[i] * spectrum.fluxErr()[i];
            }
            return diagonal;
        }
        if (hdu.integer("NAXIS") != 2 || hdu.integer("NAXIS1") != n || hdu.integer("NAXIS2") != n) {
            throw hdu.malformed("it is not " + n + " x " + n + " like the spectrum");
        }
        return doubles(hdu, 0, n * n);
    }

    private static @Nullable OrderTwoSpectrum order2(@Nullable StoredHdu hdu) throws ProductFormatException {
        if (hdu == null || !hdu.logical(ProductKeyword.HASORD2.keyword(), true) || hdu.integer("NAXIS") == 0) {
            return null;
        }
        if (hdu.integer("NAXIS") != 2 || hdu.integer("NAXIS2") != 3) {
            throw hdu.malformed("it does not have three rows");
        }
        int n = hdu.size("NAXIS1");
        return new OrderTwoSpectrum(doubles(hdu, 0, n), doubles(hdu, n, n), doubles(hdu, 2 * n, n));
    }

    private static OrderZeroStamp order0(@Nullable StoredHdu hdu) throws ProductFormatException {
        if (hdu == null) {
            return new OrderZeroStamp(map(null), Double.NaN, Double.NaN);
        }
        return new OrderZeroStamp(
                map(hdu), hdu.real(ProductKeyword.IM_X0.keyword()), hdu.real(ProductKeyword.IM_Y0.keyword()));
    }

    private static SpectrogramMaps maps(Map<String, StoredHdu> hdus, StoredHdu primary) throws ProductFormatException {
        return new SpectrogramMaps(
                primary.whole(ProductKeyword.S_XMIN.keyword()),
                primary.whole(ProductKeyword.S_YMIN.keyword()),
                primary.whole(ProductKeyword.S_FITROW.keyword()),
                map(hdu(hdus, ProductHdu.S_DATA)),
                map(hdu(hdus, ProductHdu.S_ERR)),
                map(hdu(hdus, ProductHdu.S_BGD)),
                map(hdu(hdus, ProductHdu.S_BGD_ER)),
                map(hdu(hdus, ProductHdu.S_FIT)),
                map(hdu(hdus, ProductHdu.S_RES)),
                map(hdu(hdus, ProductHdu.S_MASK)));
    }

    private static PixelMap map(@Nullable StoredHdu hdu) throws ProductFormatException {
        if (hdu == null || hdu.integer("NAXIS") == 0) {
            return new PixelMap(0, 0, new float[0]);
        }
        if (hdu.integer("NAXIS") != 2) {
            throw hdu.malformed("it is not a two-dimensional image");
        }
        int width = hdu.size("NAXIS1");
        int height = hdu.size("NAXIS2");
        float[] values = new float[width * height];
        ByteBuffer data = hdu.data();
        int bitpix = hdu.whole("BITPIX");
        if (bitpix == -32) {
            data.asFloatBuffer().get(values);
        } else if (bitpix == 16) {
            for (int i = 0; i < values.length; i++) {
                values[i] = data.getShort(2 * i);
            }
        } else {
            throw hdu.malformed("its type, BITPIX " + bitpix + ", is not one that this software writes");
        }
        return new PixelMap(width, height, values);
    }

    private static double[] doubles(StoredHdu hdu, int from, int count) throws ProductFormatException {
        if (hdu.integer("BITPIX") != -64) {
            throw hdu.malformed("its values are not float64");
        }
        double[] values = new double[count];
        hdu.data().asDoubleBuffer().position(from).get(values);
        return values;
    }

    private static PsfTable psf(@Nullable StoredHdu hdu) throws ProductFormatException {
        if (hdu == null) {
            double[] none = new double[0];
            return new PsfTable(none, none, none, none, none, none, none, none, List.of(), List.of());
        }
        StoredTable t = new StoredTable(hdu);
        List<String> known = ProductColumn.of(ProductHdu.PSF_TAB).stream()
                .map(ProductColumn::name)
                .toList();
        List<String> shapeNames =
                t.names().stream().filter(name -> !known.contains(name)).toList();
        List<double[]> shape = new ArrayList<>();
        for (String name : shapeNames) {
            shape.add(t.doubles(name));
        }
        return new PsfTable(
                t.doubles(ProductColumn.LAMBDAS.name()),
                t.doubles(ProductColumn.DX.name()),
                t.doubles(ProductColumn.DY.name()),
                t.doubles(ProductColumn.DY_AXIS.name()),
                t.doubles(ProductColumn.FLUX_SUM.name()),
                t.doubles(ProductColumn.FLUX_INTEGRAL.name()),
                t.doubles(ProductColumn.PROFILE_ERR.name()),
                t.doubles(ProductColumn.FWHM.name()),
                shapeNames,
                shape);
    }

    /** A column that files of older versions lack: no numbers there. */
    private static double[] added(StoredTable t, ProductColumn column) throws ProductFormatException {
        if (t.names().contains(column.name())) {
            return t.doubles(column.name());
        }
        double[] none = new double[t.rows()];
        Arrays.fill(none, Double.NaN);
        return none;
    }

    private static List<LineMeasurement> lines(@Nullable StoredHdu hdu) throws ProductFormatException {
        if (hdu == null) {
            return List.of();
        }
        StoredTable t = new StoredTable(hdu);
        List<String> label = t.texts(ProductColumn.LINE.name());
        double[] tabulated = t.doubles(ProductColumn.TABULATED.name());
        double[] detected = t.doubles(ProductColumn.DETECTED.name());
        double[] error = t.doubles(ProductColumn.LINE_ERR.name());
        double[] fwhm = t.doubles(ProductColumn.LINE_FWHM.name());
        double[] amplitude = t.doubles(ProductColumn.LINE_AMPLITUDE.name());
        double[] snr = t.doubles(ProductColumn.SNR.name());
        double[] chi2 = t.doubles(ProductColumn.CHISQ.name());
        double[] width = t.doubles(ProductColumn.EQWIDTH.name());
        boolean[] used = t.logicals(ProductColumn.USED.name());
        double[] flux = added(t, ProductColumn.LINE_FLUX);
        double[] fluxErr = added(t, ProductColumn.LINE_FLUX_ERR);
        List<LineMeasurement> lines = new ArrayList<>();
        for (int i = 0; i < t.rows(); i++) {
            lines.add(new LineMeasurement(
                    label.get(i),
                    tabulated[i],
                    detected[i],
                    error[i],
                    fwhm[i],
                    amplitude[i],
                    snr[i],
                    chi2[i],
                    width[i],
                    used[i],
                    flux[i],
                    fluxErr[i]));
        }
        return List.copyOf(lines);
    }

    private static SortedMap<String, String> config(StoredHdu hdu) throws ProductFormatException {
        StoredTable t = new StoredTable(hdu);
        List<String> keys = t.texts(ProductColumn.KEY.name());
        List<String> values = t.texts(ProductColumn.VALUE.name());
        SortedMap<String, String> config = new TreeMap<>();
        for (int i = 0; i < t.rows(); i++) {
            config.put(keys.get(i), values.get(i));
        }
        return config;
    }

    private static SortedSet<Caveat> caveats(StoredHdu primary) throws ProductFormatException {
        SortedSet<Caveat> caveats = new TreeSet<>();
        String names = primary.text(ProductKeyword.CAVEATS.keyword());
        if (names == null || names.isBlank()) {
            return caveats;
        }
        for (String name : names.split(",", -1)) {
            try {
                caveats.add(Caveat.valueOf(name.strip()));
            } catch (IllegalArgumentException e) {
                throw primary.malformed("unknown caveat " + name + "; was it written by a later version?");
            }
        }
        return caveats;
    }
}

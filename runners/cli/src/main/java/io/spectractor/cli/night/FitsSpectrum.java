package io.spectractor.cli.night;

import io.spectractor.batch.config.ConfigBuilder;
import io.spectractor.core.config.ExtractionConfig;
import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.night.BandCovariance;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum from FITS: products of ours and of the Python package (an image of three rows, SPEC_COV), and what specutils
 * writes (a table with wavelength and flux, or an image with a linear axis).
 */
final class FitsSpectrum {
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double SECONDS_PER_DAY = 86400;

    private final String name;
    private final BasicHDU<?>[] hdus;
    private final Header header;

    private FitsSpectrum(String name, BasicHDU<?>[] hdus) {
        this.name = name;
        this.hdus = hdus;
        this.header = hdus[0].getHeader();
    }

    static RawSpectrum read(String name, byte[] bytes) throws IOException {
        try (Fits fits = new Fits(new ByteArrayInputStream(bytes))) {
            return new FitsSpectrum(name, fits.read()).spectrum();
        } catch (RuntimeException e) {
            throw damaged(name, e);
        }
    }

    /** What the first header says; there are no columns. */
    static RawSpectrum outline(String name, InputStream in) throws IOException {
        try (Fits fits = new Fits(in)) {
            BasicHDU<?> first = fits.readHDU();
            if (first == null) {
                throw new IOException(name + ": no header inside; is it truncated?");
            }
            double[] none = {};
            return new FitsSpectrum(name, new BasicHDU<?>[] {first})
                    .raw(none, none, BandCovariance.ofErrors(none), new boolean[0], none);
        } catch (RuntimeException e) {
            throw damaged(name, e);
        }
    }

    private static IOException damaged(String name, RuntimeException e) {
        // the library tells of damage by exceptions of many types
        return new IOException(name + ": damaged FITS file (" + e + "); copy it again or extract the image again", e);
    }

    private RawSpectrum spectrum() throws IOException {
        int[] axes = hdus[0].getAxes();
        if (axes != null && axes.length == 2 && axes[0] == 3) {
            return product(doubles2(hdus[0].getKernel()));
        }
        BinaryTableHDU table = null;
        for (BasicHDU<?> hdu : hdus) {
            if (table == null && hdu instanceof BinaryTableHDU t) {
                table = t;
            }
        }
        if (table != null) {
            return table(table);
        }
        if (axes != null && axes.length == 1) {
            return image();
        }
        throw new IOException(
                name + ": no spectrum inside; expected an image of 3 rows (wavelength, flux, error), a table"
                        + " with wavelength and flux, or an image with a linear wavelength axis");
    }

    private RawSpectrum product(double[][] rows) throws IOException {
        int n = rows[0].length;
        BandCovariance covariance = null;
        double[] fwhm = {};
        boolean[] good = new boolean[n];
        for (int i = 0; i < n; i++) {
            good[i] = rows[2][i] > 0 && Double.isFinite(rows[1][i]);
        }
        for (BasicHDU<?> hdu : hdus) {
            String extension =
                    String.valueOf(hdu.getHeader().getStringValue("EXTNAME")).strip();
            if (extension.equals("SPEC_COV") && hdu instanceof ImageHDU) {
                covariance = covariance(hdu.getKernel(), n, good);
            } else if (extension.equals("PSF_TAB")
                    && hdu instanceof BinaryTableHDU table
                    && table.findColumn("fwhm") >= 0) {
                fwhm = column(table, table.findColumn("fwhm"));
            } else if (extension.equals("SPECTRUM")
                    && hdu instanceof BinaryTableHDU table
                    && table.findColumn("mask") >= 0) {
                double[] mask = column(table, table.findColumn("mask"));
                for (int i = 0; i < n && mask.length == n; i++) {
                    good[i] &= mask[i] == 0;
                }
            }
        }
        double[] error = rows[2].clone();
        for (int i = 0; i < n; i++) {
            error[i] = good[i] ? error[i] : 1;
            rows[1][i] = Double.isFinite(rows[1][i]) ? rows[1][i] : 0;
        }
        return raw(
                rows[0],
                rows[1],
                covariance == null ? BandCovariance.ofErrors(error) : covariance,
                good,
                fwhm.length == n ? fwhm : new double[0]);
    }

    private BandCovariance covariance(Object kernel, int n, boolean[] good) throws IOException {
        double[][] rows = doubles2(kernel);
        if (rows.length != n || rows[0].length != n) {
            throw new IOException(name + ": SPEC_COV is " + rows.length + " x " + rows[0].length + ", the spectrum has "
                    + n + " columns");
        }
        double[] flat = new double[n * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows[i], 0, flat, i * n, n);
            if (rows[i][i] < 0) {
                throw new IOException(
                        name + ": the covariance is not positive: column " + i + " has the variance " + rows[i][i]);
            }
            good[i] &= rows[i][i] > 0;
        }
        return BandCovariance.ofDense(flat, n);
    }

    private RawSpectrum table(BinaryTableHDU table) throws IOException {
        int wave = find(table, "spectral_axis", "wavelength", "wave", "lambda", "lambda_nm", "wl");
        int flux = find(table, "flux", "fls", "flux_density");
        int error = find(table, "uncertainty", "flux_err", "flux_error", "err", "error", "sigma", "stat");
        if (wave < 0 || flux < 0 || error < 0) {
            throw new IOException(name + ": its table lacks "
                    + (wave < 0
                            ? "wavelength (spectral_axis)"
                            : flux < 0 ? "flux" : "uncertainty of the flux; without errors nothing can be fitted"));
        }
        SpectrumColumns columns = SpectrumColumns.of(
                name,
                column(table, wave),
                table.getHeader().getStringValue("TUNIT" + (wave + 1)),
                column(table, flux),
                table.getHeader().getStringValue("TUNIT" + (flux + 1)),
                column(table, error));
        return raw(
                columns.lambdaNm(),
                columns.flux(),
                BandCovariance.ofErrors(columns.error()),
                columns.good(),
                new double[0]);
    }

    private RawSpectrum image() throws IOException {
        double[] flux = doubles1(hdus[0].getKernel());
        double[] error = null;
        for (int h = 1; h < hdus.length; h++) {
            String extension = String.valueOf(hdus[h].getHeader().getStringValue("EXTNAME"))
                    .toUpperCase(Locale.ROOT);
            if (extension.contains("UNCERT") || extension.contains("ERR") || extension.contains("STD")) {
                error = doubles1(hdus[h].getKernel());
            }
        }
        if (error == null || error.length != flux.length) {
            throw new IOException(
                    name + ": no uncertainty beside the flux (an HDU called UNCERT or ERR); without errors"
                            + " nothing can be fitted");
        }
        double first = header.getDoubleValue("CRVAL1", Double.NaN);
        double step = header.getDoubleValue("CDELT1", header.getDoubleValue("CD1_1", Double.NaN));
        double reference = header.getDoubleValue("CRPIX1", 1);
        double[] lambda = new double[flux.length];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = first + (i + 1 - reference) * step;
        }
        SpectrumColumns columns = SpectrumColumns.of(
                name, lambda, header.getStringValue("CUNIT1"), flux, header.getStringValue("BUNIT"), error);
        return raw(
                columns.lambdaNm(),
                columns.flux(),
                BandCovariance.ofErrors(columns.error()),
                columns.good(),
                new double[0]);
    }

    private RawSpectrum raw(double[] lambda, double[] flux, BandCovariance covariance, boolean[] good, double[] fwhm) {
        String target = text("TARGET");
        String telescope = text("TELESCOP");
        String instrument = text("INSTRUME");
        return new RawSpectrum(
                name,
                lambda,
                flux,
                covariance,
                good,
                fwhm,
                target == null ? text("OBJECT") : target,
                text("GRATING"),
                filter(),
                telescope == null && instrument == null ? null : telescope + "/" + instrument,
                mjd(),
                header.getDoubleValue("AIRMASS", Double.NaN),
                header.getDoubleValue("OUTPRESS", Double.NaN),
                null,
                config(),
                false,
                new SpectrumHeader(
                        SpectrumHeader.stem(name),
                        text("DATE-OBS"),
                        text("GRATING"),
                        filter(),
                        HeaderColumn.ofCards(card -> header.getDoubleValue(card, Double.NaN))),
                RawSpectrum.Cards.FITS);
    }

    /** What the product was extracted with, or else that of the instrument that knows the header as its own. */
    private @Nullable ExtractionConfig config() {
        for (BasicHDU<?> hdu : hdus) {
            if (hdu instanceof BinaryTableHDU table
                    && "CONFIG".equals(hdu.getHeader().getStringValue("EXTNAME"))
                    && find(table, "key") >= 0
                    && find(table, "value") >= 0) {
                SortedMap<String, String> settings = new TreeMap<>();
                String[] keys = (String[]) table.getColumn(find(table, "key"));
                String[] values = (String[]) table.getColumn(find(table, "value"));
                for (int i = 0; i < keys.length; i++) {
                    settings.put(keys[i].strip(), values[i].strip());
                }
                return ConfigBuilder.fromCanonical(settings);
            }
        }
        List<Instrument> known = Instruments.recognising(this::text);
        return known.size() == 1 ? known.get(0).config() : null;
    }

    private @Nullable String filter() {
        String filter = text("FILTER");
        boolean none = filter == null
                || filter.equalsIgnoreCase("none")
                || filter.toLowerCase(Locale.ROOT).startsWith("empty")
                || filter.equalsIgnoreCase("dia");
        return none ? null : filter;
    }

    private @Nullable String text(String card) {
        String value = header.getStringValue(card);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private double mjd() {
        double exposure = header.getDoubleValue("EXPTIME", 0);
        String date = text("DATE-OBS");
        if (date == null) {
            double mjd = header.getDoubleValue("MJD-OBS", Double.NaN);
            return mjd + 0.5 * exposure / SECONDS_PER_DAY;
        }
        return mjd(date) + 0.5 * exposure / SECONDS_PER_DAY;
    }

    /** Modified Julian date of an ISO date with time, NaN if it is none. */
    static double mjd(String iso) {
        try {
            LocalDateTime time =
                    LocalDateTime.parse(iso.strip().replace(' ', 'T').replaceFirst("Z$", ""));
            return UNIX_EPOCH_MJD + time.toInstant(ZoneOffset.UTC).toEpochMilli() / (1e3 * SECONDS_PER_DAY);
        } catch (DateTimeException e) {
            return Double.NaN;
        }
    }

    private static int find(BinaryTableHDU table, String... names) {
        for (String wanted : names) {
            for (int c = 0; c < table.getNCols(); c++) {
                if (wanted.equalsIgnoreCase(
                        String.valueOf(table.getColumnName(c)).strip())) {
                    return c;
                }
            }
        }
        return -1;
    }

    private static double[] column(BinaryTableHDU table, int c) {
        return doubles1(table.getColumn(c));
    }

    private static double[] doubles1(Object values) {
        Object flat = values;
        if (flat instanceof Object[] rows && rows.length == 1) {
            flat = rows[0];
        }
        double[] out = new double[Array.getLength(flat)];
        for (int i = 0; i < out.length; i++) {
            Object element = Array.get(flat, i);
            out[i] = element instanceof Number n ? n.doubleValue() : Array.getDouble(element, 0);
        }
        return out;
    }

    private static double[][] doubles2(Object kernel) {
        if (kernel instanceof double[][] rows) {
            return rows;
        }
        if (kernel instanceof float[][] rows) {
            return Arrays.stream(rows)
                    .map(row -> {
                        double[] wide = new double[row.length];
                        Arrays.setAll(wide, i -> row[i]);
                        return wide;
                    })
                    .toArray(double[][]::new);
        }
        throw new IllegalArgumentException("an image of real numbers was expected, not " + kernel.getClass());
    }
}

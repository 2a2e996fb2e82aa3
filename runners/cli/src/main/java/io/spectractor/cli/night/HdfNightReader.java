package io.spectractor.cli.night;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.spectractor.core.atmosphere.SourceSpectrum;
import io.spectractor.core.night.BandCovariance;
import io.spectractor.core.optics.TabulatedCurve;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A night of transmissions as users of AuxTel store it: a group per spectrum with the data sets wls, fls, fls_err, sed,
 * teltransm, disptransm and the attributes airmass, target, id (the evening's date with a number behind it) and dt_midnight,
 * hours from midnight of the clocks at the site.
 */
final class HdfNightReader {
    private static final ZoneId SITE = ZoneId.of("America/Santiago");
    private static final String DISPERSER = "holo4_003";
    private static final String TELESCOPE = "AuxTel";
    private static final double HOURS = 24;
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double SECONDS_PER_DAY = 86400;

    private HdfNightReader() {}

    static List<RawSpectrum> read(String file, byte[] bytes) throws IOException {
        List<RawSpectrum> spectra = new ArrayList<>();
        try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
            for (Node node : hdf) {
                if (node instanceof Group group && group.getChild("wls") != null) {
                    spectra.add(spectrum(file, group));
                }
            }
        } catch (RuntimeException e) {
            // a damaged file leads the library anywhere
            throw new IOException(file + ": damaged, or no HDF5 file (" + e + "); copy it again", e);
        }
        if (spectra.isEmpty()) {
            throw new IOException(
                    file + ": no group with the data set wls; expected a group per spectrum with wls, fls,"
                            + " fls_err, sed, teltransm, disptransm");
        }
        return spectra;
    }

    private static RawSpectrum spectrum(String file, Group group) throws IOException {
        String name = file + "/" + group.getName();
        double[] lambda = numbers(name, group, "wls");
        int n = lambda.length;
        double[] flux = sized(name, numbers(name, group, "fls"), n, "fls");
        double[] error = sized(name, numbers(name, group, "fls_err"), n, "fls_err");
        double[] sed = sized(name, numbers(name, group, "sed"), n, "sed");
        double[] telescope = sized(name, numbers(name, group, "teltransm"), n, "teltransm");
        double[] disperser = sized(name, numbers(name, group, "disptransm"), n, "disptransm");
        boolean[] good = new boolean[n];
        for (int i = 0; i < n; i++) {
            good[i] = error[i] > 0
                    && Double.isFinite(error[i])
                    && Double.isFinite(flux[i])
                    && sed[i] > 0
                    && telescope[i] * disperser[i] > 0;
            error[i] = good[i] ? error[i] : 1;
            flux[i] = Double.isFinite(flux[i]) ? flux[i] : 0;
        }
        TabulatedCurve telescopeCurve = new TabulatedCurve(lambda, telescope, TabulatedCurve.Outside.HOLD);
        TabulatedCurve disperserCurve = new TabulatedCurve(lambda, disperser, TabulatedCurve.Outside.HOLD);
        SourceSpectrum light = SourceSpectrum.of(
                new TabulatedCurve(lambda, sed, TabulatedCurve.Outside.HOLD),
                l -> telescopeCurve.at(l) * disperserCurve.at(l));
        String label = text(group, "disperser");
        return new RawSpectrum(
                name,
                lambda,
                flux,
                BandCovariance.ofErrors(error),
                good,
                new double[0],
                text(group, "target"),
                label == null ? DISPERSER : label,
                text(group, "filter"),
                TELESCOPE,
                mjd(group),
                number(group, "airmass"),
                number(group, "pressure"),
                light,
                true,
                RawSpectrum.Cards.HDF5);
    }

    private static double mjd(Group group) {
        double given = number(group, "mjd");
        double hours = number(group, "dt_midnight");
        double id = Double.isNaN(number(group, "visitid")) ? number(group, "id") : number(group, "visitid");
        if (!Double.isNaN(given) || Double.isNaN(hours) || Double.isNaN(id)) {
            return given;
        }
        String digits = String.format(java.util.Locale.ROOT, "%.0f", id);
        try {
            LocalDate evening = LocalDate.parse(digits.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
            ZonedDateTime midnight = evening.plusDays(1).atStartOfDay(SITE);
            return UNIX_EPOCH_MJD + midnight.toEpochSecond() / SECONDS_PER_DAY + hours / HOURS;
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return Double.NaN;
        }
    }

    private static double[] numbers(String name, Group group, String dataset) throws IOException {
        if (group.getChild(dataset) instanceof Dataset data) {
            Object values = data.getData();
            if (values instanceof double[] doubles) {
                return doubles;
            }
            if (values instanceof float[] floats) {
                double[] out = new double[floats.length];
                Arrays.setAll(out, i -> floats[i]);
                return out;
            }
        }
        throw new IOException(name + ": no data set " + dataset + " of real numbers");
    }

    private static double[] sized(String name, double[] values, int n, String dataset) throws IOException {
        if (values.length != n) {
            throw new IOException(name + ": " + dataset + " has " + values.length + " values, wls has " + n);
        }
        return values;
    }

    private static double number(Group group, String attribute) {
        Attribute a = group.getAttribute(attribute);
        return a != null && a.getData() instanceof Number n ? n.doubleValue() : Double.NaN;
    }

    private static @Nullable String text(Group group, String attribute) {
        Attribute a = group.getAttribute(attribute);
        return a != null && a.getData() instanceof String s && !s.isBlank() ? s.strip() : null;
    }
}

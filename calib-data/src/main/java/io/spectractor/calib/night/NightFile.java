package io.spectractor.calib.night;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A night of transmissions as users of AuxTel store it: a group per spectrum with the data sets wls, fls, fls_err, sed,
 * teltransm, disptransm and the attributes airmass, target, id (the evening's date with a number behind it) and dt_midnight,
 * hours from midnight of the clocks at the site.
 */
public final class NightFile {
    private static final ZoneId SITE = ZoneId.of("America/Santiago");
    private static final double HOURS = 24;
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double SECONDS_PER_DAY = 86400;

    private NightFile() {}

    /**
     * All spectra of a file.
     *
     * @param file its name, for messages
     * @throws IOException if it is damaged, no such file, or has no spectra
     */
    public static List<NightEntry> read(String file, byte[] bytes) throws IOException {
        List<NightEntry> spectra = new ArrayList<>();
        try (HdfFile hdf = HdfFile.fromBytes(bytes)) {
            for (Node node : hdf) {
                if (node instanceof Group group && group.getChild("wls") != null) {
                    spectra.add(entry(file, group));
                }
            }
        } catch (RuntimeException e) {
            // a damaged file leads the library anywhere
            throw new IOException(file + ": damaged, or not an HDF5 file (" + e + "); copy it again", e);
        }
        if (spectra.isEmpty()) {
            throw new IOException(
                    file + ": no group with the data set wls; expected a group per spectrum with wls, fls,"
                            + " fls_err, sed, teltransm, disptransm");
        }
        return spectra;
    }

    private static NightEntry entry(String file, Group group) throws IOException {
        String name = file + "/" + group.getName();
        double[] lambda = numbers(name, group, "wls");
        int n = lambda.length;
        SortedMap<String, Double> attributes = new TreeMap<>();
        group.getAttributes().forEach((key, attribute) -> {
            if (attribute.getData() instanceof Number number) {
                attributes.put(key, number.doubleValue());
            }
        });
        Double id = attributes.getOrDefault("visitid", attributes.get("id"));
        String visit = id == null || id.isNaN() ? null : String.format(Locale.ROOT, "%.0f", id);
        return new NightEntry(
                name,
                lambda,
                sized(name, group, n, "fls"),
                sized(name, group, n, "fls_err"),
                sized(name, group, n, "sed"),
                sized(name, group, n, "teltransm"),
                sized(name, group, n, "disptransm"),
                text(group, "target"),
                text(group, "disperser"),
                text(group, "filter"),
                visit,
                mjd(attributes, visit),
                attributes);
    }

    private static double mjd(SortedMap<String, Double> attributes, @Nullable String visit) {
        double given = attributes.getOrDefault("mjd", Double.NaN);
        double hours = attributes.getOrDefault("dt_midnight", Double.NaN);
        if (!Double.isNaN(given) || Double.isNaN(hours) || visit == null) {
            return given;
        }
        try {
            LocalDate evening = LocalDate.parse(visit.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
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

    private static double[] sized(String name, Group group, int n, String dataset) throws IOException {
        double[] values = numbers(name, group, dataset);
        if (values.length != n) {
            throw new IOException(name + ": " + dataset + " has " + values.length + " values, wls has " + n);
        }
        return values;
    }

    private static @Nullable String text(Group group, String attribute) {
        Attribute a = group.getAttribute(attribute);
        return a != null && a.getData() instanceof String s && !s.isBlank() ? s.strip() : null;
    }
}

package io.spectractor.cli.night;

import io.spectractor.core.instrument.Instrument;
import io.spectractor.core.instrument.Instruments;
import io.spectractor.core.night.BandCovariance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum from text: CSV with a line of names, ECSV with units, or columns of wavelength, flux and error. What else is
 * needed stands in comments, {@code # airmass: 1.2}, or in the meta data of ECSV.
 */
final class TextSpectrum {
    private static final Pattern KEYED = Pattern.compile("^[\\s#-]*([A-Za-z_][A-Za-z0-9_-]*)\\s*[:=]\\s*(.+?)\\s*$");
    private static final Pattern ECSV_COLUMN =
            Pattern.compile("\\{\\s*name:\\s*([^,}]+?)\\s*(?:,\\s*unit:\\s*([^,}]+?)\\s*)?(?:,[^}]*)?\\}");

    private static final String[] DATES = {"date_obs", "dateobs", "date"};

    private TextSpectrum() {}

    static RawSpectrum read(String name, byte[] bytes) throws IOException {
        Map<String, String> meta = new HashMap<>();
        Map<String, String> units = new HashMap<>();
        List<String> names = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        int number = 0;
        String comment = "";
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            number++;
            String text = line.strip();
            if (text.isEmpty()) {
                continue;
            }
            if (text.startsWith("#")) {
                comment = remember(text, meta, units, comment);
                continue;
            }
            String[] fields = text.split(text.contains(",") ? "\\s*,\\s*" : "\\s+", -1);
            double[] values = numbers(fields);
            if (values.length > 0) {
                rows.add(values);
            } else if (rows.isEmpty() && names.isEmpty()) {
                for (String f : fields) {
                    names.add(unquoted(f));
                }
            } else {
                throw new IOException(name + ", line " + number + ": '" + text + "' is not a row of numbers");
            }
        }
        if (names.isEmpty() && comment.contains(",")) {
            for (String f : comment.replaceFirst("\\(.*", "").split(",", -1)) {
                names.add(f.strip());
            }
        }
        return spectrum(name, meta, units, names, rows);
    }

    /** Keeps the content of a comment; returns a comment that may be a line of names. */
    private static String remember(String text, Map<String, String> meta, Map<String, String> units, String before) {
        Matcher column = ECSV_COLUMN.matcher(text);
        boolean any = false;
        while (column.find()) {
            any = true;
            if (column.group(2) != null) {
                units.put(column.group(1).toLowerCase(Locale.ROOT), unquoted(column.group(2)));
            }
        }
        Matcher keyed = KEYED.matcher(text);
        if (!any && keyed.matches()) {
            meta.put(keyed.group(1).toLowerCase(Locale.ROOT).replace('-', '_'), unquoted(keyed.group(2)));
            return before;
        }
        String bare = text.replaceFirst("^#+\\s*", "");
        return bare.toLowerCase(Locale.ROOT).contains("flux") && bare.contains(",") ? bare : before;
    }

    private static String unquoted(String text) {
        return text.strip().replaceAll("^['\"]|['\"]$", "");
    }

    private static double[] numbers(String[] fields) {
        double[] values = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            String f = unquoted(fields[i]);
            try {
                values[i] = f.isEmpty() ? Double.NaN : Double.parseDouble(f);
            } catch (NumberFormatException e) {
                return new double[0];
            }
        }
        return values;
    }

    private static RawSpectrum spectrum(
            String name, Map<String, String> meta, Map<String, String> units, List<String> names, List<double[]> rows)
            throws IOException {
        int wave = find(names, 0, "lambda", "wavelength", "lambda_nm", "wave", "wl", "wls", "spectral_axis");
        int flux = find(names, 1, "flux", "fls", "flux_density");
        int error = find(names, 2, "err", "error", "flux_err", "fls_err", "uncertainty", "sigma", "flux_error");
        int width = Math.max(wave, Math.max(flux, error)) + 1;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length < width) {
                throw new IOException(name + ": row " + (i + 1) + " of numbers has " + rows.get(i).length
                        + " columns; wavelength, flux and its error are needed");
            }
        }
        if (wave < 0 || flux < 0 || error < 0) {
            throw new IOException(name + ": no column called " + (wave < 0 ? "wavelength" : flux < 0 ? "flux" : "err")
                    + " among " + names);
        }
        SpectrumColumns columns = SpectrumColumns.of(
                name,
                column(rows, wave),
                unit(units, names, wave),
                column(rows, flux),
                unit(units, names, flux),
                column(rows, error));
        String telescope = first(meta, "telescope", "telescop", "instrument");
        return new RawSpectrum(
                name,
                columns.lambdaNm(),
                columns.flux(),
                BandCovariance.ofErrors(columns.error()),
                columns.good(),
                new double[0],
                first(meta, "target", "object"),
                first(meta, "disperser", "grating"),
                first(meta, "filter"),
                telescope,
                time(meta),
                number(first(meta, "airmass")),
                number(first(meta, "pressure", "pressure_hpa", "outpress")),
                null,
                Instruments.named(String.valueOf(telescope))
                        .map(Instrument::config)
                        .orElse(null),
                false,
                new SpectrumHeader(
                        SpectrumHeader.stem(name),
                        first(meta, DATES),
                        first(meta, "disperser", "grating"),
                        first(meta, "filter"),
                        HeaderColumn.ofAttributes(key -> number(meta.get(key)))),
                RawSpectrum.Cards.TEXT);
    }

    private static double time(Map<String, String> meta) {
        double mjd = number(first(meta, "mjd"));
        String date = first(meta, DATES);
        return Double.isNaN(mjd) && date != null ? FitsSpectrum.mjd(date) : mjd;
    }

    private static double[] column(List<double[]> rows, int c) {
        return rows.stream().mapToDouble(r -> r[c]).toArray();
    }

    private static @Nullable String unit(Map<String, String> units, List<String> names, int c) {
        return c < names.size() ? units.get(names.get(c).toLowerCase(Locale.ROOT)) : null;
    }

    private static int find(List<String> names, int otherwise, String... wanted) {
        if (names.isEmpty()) {
            return otherwise;
        }
        for (String w : wanted) {
            for (int i = 0; i < names.size(); i++) {
                if (names.get(i).equalsIgnoreCase(w)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static @Nullable String first(Map<String, String> meta, String... keys) {
        return Arrays.stream(keys)
                .map(meta::get)
                .filter(v -> v != null && !v.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static double number(@Nullable String text) {
        try {
            return text == null ? Double.NaN : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}

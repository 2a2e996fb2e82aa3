package io.spectractor.calib.sed;

import io.spectractor.calib.CalibrationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads spectra as text: ECSV with its header in YAML, CSV with or without a line of names, columns separated by blanks
 * (CALSPEC as text too), all plain or gzipped. Without names the first column is the wavelength and the second the flux.
 */
final class SedText {
    private static final Pattern ECSV_COLUMN = Pattern.compile("name: *['\"]?([^,'\"}]+)");
    private static final Pattern ECSV_UNIT = Pattern.compile("unit: *['\"]?([^,'\"}]+)");
    /** Names with a unit: {@code flux (erg/s/cm2/nm)}, {@code lambda_nm}. */
    private static final Pattern BRACKETS = Pattern.compile("[(\\[](.*)[)\\]]");

    private static final Pattern ENDING = Pattern.compile(".*_(nm|aa|angstrom|um|micron)$");
    private static final Pattern CALSPEC = Pattern.compile("Wavelength\\((\\S+)\\)\\s+Flambda\\((\\S+)\\).*");

    private final String file;
    private final List<String> names = new ArrayList<>();
    private final List<String> units = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private int lambda;
    private int flux = 1;

    private SedText(String file) {
        this.file = file;
    }

    static SedColumns read(String file, byte[] bytes) {
        return new SedText(file).parse(text(file, bytes));
    }

    private SedColumns parse(String text) {
        int number = 0;
        boolean named = false;
        String separator = "";
        for (String line : text.lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.startsWith("#")) {
                comment(stripped.substring(1).strip());
            } else if (!stripped.isEmpty()) {
                separator = separator.isEmpty() ? (stripped.contains(",") ? "," : "\\s+") : separator;
                String[] fields = stripped.split(" *" + separator + " *", -1);
                if (rows.isEmpty() && !named && !isNumber(fields[0])) {
                    name(fields);
                    named = true;
                } else {
                    row(number, fields);
                }
            }
        }
        if (rows.isEmpty()) {
            throw new CalibrationException(file + ": holds no spectrum; is it truncated, or no text?");
        }
        return new SedColumns(
                file,
                rows.stream().mapToDouble(r -> r[0]).toArray(),
                rows.stream().mapToDouble(r -> r[1]).toArray(),
                unit(lambda),
                unit(flux),
                lines.stream().mapToInt(Integer::intValue).toArray());
    }

    private String unit(int column) {
        return column < units.size() ? units.get(column) : "";
    }

    /** ECSV says its columns in comments, CALSPEC's text too. */
    private void comment(String comment) {
        Matcher column = ECSV_COLUMN.matcher(comment);
        Matcher calspec = CALSPEC.matcher(comment);
        if (comment.startsWith("-") && column.find()) {
            Matcher unit = ECSV_UNIT.matcher(comment);
            names.add(column.group(1).strip());
            units.add(unit.find() ? unit.group(1).strip() : "");
        } else if (calspec.matches()) {
            units.add(calspec.group(1));
            units.add(calspec.group(2));
        }
    }

    private void name(String[] fields) {
        if (names.isEmpty()) {
            units.clear();
            for (String field : fields) {
                String name = field.replace("\"", "").strip();
                Matcher brackets = BRACKETS.matcher(name);
                Matcher ending = ENDING.matcher(name.toLowerCase(Locale.ROOT));
                names.add(name);
                units.add(brackets.find() ? brackets.group(1) : ending.matches() ? ending.group(1) : "");
            }
        }
        lambda = index("(?i)(wave|lambda|wl|lam).*");
        flux = index("(?i)(flux(?!.*err)|f_?lambda|flam|fls$|sed).*");
        if (lambda < 0 || flux < 0) {
            throw new CalibrationException(
                    file + ": has the columns " + String.join(", ", names) + "; call one 'wavelength' and one 'flux'");
        }
        // the unit of an ending belongs to the wavelength scale, not to a flux per it
        if (!names.get(flux).matches(".*[(\\[].*") && units.get(flux).matches("nm|aa|angstrom|um|micron")) {
            units.set(flux, "");
        }
    }

    private int index(String pattern) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).matches(pattern)) {
                return i;
            }
        }
        return -1;
    }

    private void row(int number, String[] fields) {
        if (fields.length <= Math.max(lambda, flux)) {
            throw new CalibrationException(
                    file + ", line " + number + ": " + fields.length + " columns; wavelength and flux are wanted");
        }
        rows.add(new double[] {value(number, fields[lambda]), value(number, fields[flux])});
        lines.add(number);
    }

    private double value(int number, String field) {
        String text = field.replace("\"", "").strip();
        if (text.isEmpty() || Arrays.asList("nan", "null", "--", "none").contains(text.toLowerCase(Locale.ROOT))) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new CalibrationException(file + ", line " + number + ": '" + text + "' is not a number", e);
        }
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[-+.0-9].*");
    }

    private static String text(String file, byte[] bytes) {
        boolean zipped = bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
        try (GZIPInputStream in = zipped ? new GZIPInputStream(new ByteArrayInputStream(bytes)) : null) {
            return new String(in == null ? bytes : in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CalibrationException(file + ": damaged gzip file, copy it again: " + e.getMessage(), e);
        }
    }
}

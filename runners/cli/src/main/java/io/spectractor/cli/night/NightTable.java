package io.spectractor.cli.night;

import io.spectractor.batch.table.ParquetTable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The spectra of one or more joint fits, a row each.
 *
 * @param rows in the order of their times
 */
record NightTable(List<Row> rows) {
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double NOON = 0.5;

    /** Columns of numbers, in their order, with how they come from a row. */
    static final Map<String, ToDoubleFunction<Row>> NUMBERS = numbers();

    /** Units of those that have one which astropy knows. */
    private static final Map<String, String> UNITS = units();

    private static final List<String> TEXTS =
            List.of("night", "spectrum", "target", "instrument", "id", "date_obs", "disperser", "filter");

    /**
     * One spectrum.
     *
     * @param night the evening's date
     * @param spectrum name
     * @param target star
     * @param instrument disperser and filter
     * @param mjd middle of the exposure
     * @param airmass airmass
     * @param pressureHPa at the telescope
     * @param pwv with error, mm
     * @param ozone with error, DU
     * @param vaod with error
     * @param grey with error
     * @param shift with error, nm
     * @param angstrom with error
     * @param resolutionPx sigma of the profile, px
     * @param chi2PerColumn chi2 over the columns that counted
     * @param columns that counted
     * @param modelError relative
     * @param header what the file says of the exposure
     */
    record Row(
            LocalDate night,
            String spectrum,
            String target,
            String instrument,
            double mjd,
            double airmass,
            double pressureHPa,
            Value pwv,
            Value ozone,
            Value vaod,
            Value grey,
            Value shift,
            Value angstrom,
            double resolutionPx,
            double chi2PerColumn,
            int columns,
            double modelError,
            SpectrumHeader header) {}

    /**
     * A value with its error.
     *
     * @param value NaN if there is none
     * @param error NaN if there is none
     */
    record Value(double value, double error) {}

    static NightTable of(List<JointRecord> fits) {
        List<Row> rows = new ArrayList<>();
        for (JointRecord fit : fits) {
            for (JointRecord.Spectrum s : fit.spectra()) {
                rows.add(new Row(
                        evening(s.mjd()),
                        s.name(),
                        s.target(),
                        s.instrument(),
                        s.mjd(),
                        s.airmass(),
                        s.pressureHPa(),
                        number(fit, "pwv", s.name()),
                        number(fit, "ozone", s.name()),
                        number(fit, "vaod", s.name()),
                        number(fit, "grey", s.name()),
                        number(fit, "shift", s.name()),
                        number(fit, "angstrom", s.name()),
                        s.resolutionPx(),
                        s.chi2() / Math.max(1, s.columns()),
                        s.columns(),
                        s.modelError(),
                        header(s)));
            }
        }
        rows.sort(Comparator.comparingDouble(Row::mjd));
        return new NightTable(rows);
    }

    private static SpectrumHeader header(JointRecord.Spectrum s) {
        SpectrumHeader known = s.header();
        return known == null
                ? new SpectrumHeader(SpectrumHeader.stem(s.name()), null, null, null, new TreeMap<>())
                : known;
    }

    /** The date of the evening of a night, from noon to noon UTC. */
    static LocalDate evening(double mjd) {
        return LocalDate.ofEpochDay((long) Math.floor(mjd - NOON - UNIX_EPOCH_MJD));
    }

    private static Value number(JointRecord fit, String name, String spectrum) {
        Value found = new Value(Double.NaN, Double.NaN);
        for (JointRecord.Parameter p : fit.parameters()) {
            boolean own = spectrum.equals(p.spectrum());
            if (p.name().equals(name) && (own || p.spectrum() == null)) {
                found = new Value(p.value(), p.error() == null ? Double.NaN : p.error());
                if (own) {
                    return found;
                }
            }
        }
        return found;
    }

    Set<LocalDate> nights() {
        Set<LocalDate> nights = new LinkedHashSet<>();
        rows.forEach(r -> nights.add(r.night()));
        return nights;
    }

    List<Row> of(LocalDate night) {
        return rows.stream().filter(r -> r.night().equals(night)).toList();
    }

    private static Map<String, ToDoubleFunction<Row>> numbers() {
        Map<String, ToDoubleFunction<Row>> numbers = new LinkedHashMap<>();
        numbers.put("mjd", Row::mjd);
        numbers.put("airmass", Row::airmass);
        numbers.put("pwv", r -> r.pwv().value());
        numbers.put("pwv_err", r -> r.pwv().error());
        numbers.put("ozone", r -> r.ozone().value());
        numbers.put("ozone_err", r -> r.ozone().error());
        numbers.put("vaod", r -> r.vaod().value());
        numbers.put("vaod_err", r -> r.vaod().error());
        numbers.put("grey", r -> r.grey().value());
        numbers.put("grey_err", r -> r.grey().error());
        numbers.put("shift", r -> r.shift().value());
        numbers.put("shift_err", r -> r.shift().error());
        numbers.put("chi2_per_column", Row::chi2PerColumn);
        numbers.put("angstrom", r -> r.angstrom().value());
        numbers.put("angstrom_err", r -> r.angstrom().error());
        numbers.put("resolution", Row::resolutionPx);
        numbers.put("columns", Row::columns);
        numbers.put("model_error", Row::modelError);
        for (HeaderColumn c : HeaderColumn.values()) {
            numbers.put(c.column(), r -> r.header().numbers().getOrDefault(c.column(), Double.NaN));
        }
        return Collections.unmodifiableMap(numbers);
    }

    private static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>(Map.of(
                "mjd", "d", "pwv", "mm", "pwv_err", "mm", "shift", "nm", "shift_err", "nm", "resolution", "pix"));
        for (HeaderColumn c : HeaderColumn.values()) {
            if (!c.unit().isEmpty()) {
                units.put(c.column(), c.unit());
            }
        }
        return Collections.unmodifiableMap(units);
    }

    /** The texts of a row, in the order of their columns. */
    private static List<String> texts(Row r) {
        SpectrumHeader h = r.header();
        return List.of(
                r.night().toString(),
                r.spectrum(),
                r.target(),
                r.instrument(),
                h.id(),
                Objects.requireNonNullElse(h.dateObs(), ""),
                Objects.requireNonNullElse(h.disperser(), ""),
                Objects.requireNonNullElse(h.filter(), ""));
    }

    /** Those rows that pass the cuts. */
    NightTable kept(QualityCuts cuts) {
        return new NightTable(rows.stream().filter(cuts::keeps).toList());
    }

    /** The table as ECSV, which astropy reads with units; the last column tells what passes the cuts. */
    String ecsv(QualityCuts cuts) {
        StringBuilder out = new StringBuilder("# ").append('%').append("ECSV 1.0\n# ---\n# datatype:\n");
        for (String c : TEXTS) {
            out.append("# - {name: ").append(c).append(", datatype: string}\n");
        }
        StringBuilder header = new StringBuilder(String.join(",", TEXTS));
        for (String c : NUMBERS.keySet()) {
            String unit = UNITS.get(c);
            out.append("# - {name: ").append(c);
            // a % begins a directive of YAML
            out.append(unit == null ? "" : ", unit: '" + unit + "'").append(", datatype: float64}\n");
            header.append(',').append(c);
        }
        out.append("# - {name: kept, datatype: int64}\n");
        out.append("# delimiter: ','\n# schema: astropy-2.0\n").append(header).append(",kept\n");
        for (Row r : rows) {
            out.append(
                    String.join(",", texts(r).stream().map(NightTable::quoted).toList()));
            NUMBERS.forEach((name, of) -> out.append(',')
                    .append(
                            name.equals("mjd")
                                    ? String.format(Locale.ROOT, "%.6f", r.mjd())
                                    : text(of.applyAsDouble(r))));
            out.append(cuts.keeps(r) ? ",1\n" : ",0\n");
        }
        return out.toString();
    }

    /** The same table as Parquet. */
    byte[] parquet(QualityCuts cuts) throws IOException {
        ParquetTable table = new ParquetTable(rows.size());
        for (int c = 0; c < TEXTS.size(); c++) {
            int at = c;
            table.texts(TEXTS.get(c), rows.stream().map(r -> texts(r).get(at)).toList());
        }
        NUMBERS.forEach(
                (name, of) -> table.numbers(name, rows.stream().mapToDouble(of).toArray()));
        table.numbers(
                "kept", rows.stream().mapToDouble(r -> cuts.keeps(r) ? 1 : 0).toArray());
        return table.encode();
    }

    private static String text(double v) {
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%.6g", v) : "nan";
    }

    private static String quoted(String text) {
        return text.isEmpty() || text.contains(",") || text.contains("\"")
                ? '"' + text.replace("\"", "\"\"") + '"'
                : text;
    }
}

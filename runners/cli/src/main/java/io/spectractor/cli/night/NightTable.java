package io.spectractor.cli.night;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The spectra of one or more joint fits, a row each.
 *
 * @param rows in the order of their times
 */
record NightTable(List<Row> rows) {
    private static final double UNIX_EPOCH_MJD = 40587;
    private static final double NOON = 0.5;

    /**
     * One spectrum.
     *
     * @param night the evening's date
     * @param spectrum name
     * @param target star
     * @param instrument disperser and filter
     * @param mjd middle of the exposure
     * @param airmass airmass
     * @param pwv with error, mm
     * @param ozone with error, DU
     * @param vaod with error
     * @param grey with error
     * @param shift with error, nm
     * @param chi2PerColumn chi2 over the columns that counted
     */
    record Row(
            LocalDate night,
            String spectrum,
            String target,
            String instrument,
            double mjd,
            double airmass,
            Value pwv,
            Value ozone,
            Value vaod,
            Value grey,
            Value shift,
            double chi2PerColumn) {}

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
                        LocalDate.ofEpochDay((long) Math.floor(s.mjd() - NOON - UNIX_EPOCH_MJD)),
                        s.name(),
                        s.target(),
                        s.instrument(),
                        s.mjd(),
                        s.airmass(),
                        number(fit, "pwv", s.name()),
                        number(fit, "ozone", s.name()),
                        number(fit, "vaod", s.name()),
                        number(fit, "grey", s.name()),
                        number(fit, "shift", s.name()),
                        s.chi2() / Math.max(1, s.columns())));
            }
        }
        rows.sort(Comparator.comparingDouble(Row::mjd));
        return new NightTable(rows);
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

    /** The table as ECSV, which astropy reads with units. */
    String ecsv() {
        StringBuilder out = new StringBuilder("# ").append('%').append("ECSV 1.0\n# ---\n# datatype:\n");
        for (String c : List.of("night", "spectrum", "target", "instrument")) {
            out.append("# - {name: ").append(c).append(", datatype: string}\n");
        }
        String[][] numbers = {
            {"mjd", "d"}, {"airmass", ""}, {"pwv", "mm"}, {"pwv_err", "mm"}, {"ozone", "DU"}, {"ozone_err", "DU"},
            {"vaod", ""}, {"vaod_err", ""}, {"grey", ""}, {"grey_err", ""}, {"shift", "nm"}, {"shift_err", "nm"},
            {"chi2_per_column", ""}
        };
        StringBuilder header = new StringBuilder("night,spectrum,target,instrument");
        for (String[] c : numbers) {
            boolean known = !c[1].isEmpty() && !c[1].equals("DU");
            out.append("# - {name: ")
                    .append(c[0])
                    .append(known ? ", unit: " + c[1] : "")
                    .append(", datatype: float64}\n");
            header.append(',').append(c[0]);
        }
        out.append("# delimiter: ','\n# schema: astropy-2.0\n").append(header).append('\n');
        for (Row r : rows) {
            out.append(r.night())
                    .append(',')
                    .append(quoted(r.spectrum()))
                    .append(',')
                    .append(quoted(r.target()));
            out.append(',').append(quoted(r.instrument()));
            out.append(String.format(Locale.ROOT, ",%.6f,%.5f", r.mjd(), r.airmass()));
            for (Value n : List.of(r.pwv(), r.ozone(), r.vaod(), r.grey(), r.shift())) {
                out.append(',').append(text(n.value())).append(',').append(text(n.error()));
            }
            out.append(',').append(text(r.chi2PerColumn())).append('\n');
        }
        return out.toString();
    }

    private static String text(double v) {
        return Double.isFinite(v) ? String.format(Locale.ROOT, "%.6g", v) : "nan";
    }

    private static String quoted(String text) {
        return text.contains(",") || text.contains("\"") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}

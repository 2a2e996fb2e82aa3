package io.spectractor.catalogue.spectra;

import io.spectractor.hats.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** A star with its spectra, on the way to a row of the table {@code objects}. */
final class Star {
    /** Origins of positions, the best one first. */
    private static final List<String> ORIGINS = List.of("user", "catalogue", "resolver", "logbook", "header");

    private final String name;
    private final List<Visit> visits = new ArrayList<>();

    Star(String name) {
        this.name = name;
    }

    /** A row of a table of spectra. */
    private record Visit(Table table, int row) {
        double number(SpectraColumn column) {
            Object value = table.value(row, column.column());
            return value instanceof Number number ? number.doubleValue() : Double.NaN;
        }

        String text(SpectraColumn column) {
            Object value = table.value(row, column.column());
            return value instanceof String text ? text : "";
        }

        int rank() {
            int at = ORIGINS.indexOf(text(SpectraColumn.POSITION_ORIGIN));
            return at < 0 ? ORIGINS.size() : at;
        }
    }

    /** A point of the series. */
    record Point(
            double mjd,
            String band,
            double[] light,
            double airmass,
            String exposure,
            String instrument,
            String disperser) {}

    void add(Table table, int row) {
        visits.add(new Visit(table, row));
    }

    String name() {
        return name;
    }

    int size() {
        return visits.size();
    }

    /** The visit whose position is the best known, of equal ones the first in time. */
    private Visit place() {
        return visits.stream()
                .min(Comparator.comparingInt(Visit::rank)
                        .thenComparingDouble(visit -> visit.number(SpectraColumn.MJD))
                        .thenComparing(visit -> visit.text(SpectraColumn.SCIENCE_SHA256)))
                .orElseThrow();
    }

    double number(SpectraColumn column) {
        return place().number(column);
    }

    String text(SpectraColumn column) {
        return place().text(column);
    }

    /** All values of a column, each once, with blanks between. */
    String all(SpectraColumn column) {
        TreeSet<String> values = new TreeSet<>();
        visits.forEach(visit -> values.add(visit.text(column)));
        values.remove("");
        return String.join(" ", values);
    }

    double[] mjd() {
        return visits.stream()
                .mapToDouble(visit -> visit.number(SpectraColumn.MJD))
                .sorted()
                .toArray();
    }

    /** The series, in the order of time, then as the bands come. */
    List<Point> points() {
        List<Visit> inTime = new ArrayList<>(visits);
        inTime.sort(Comparator.comparingDouble((Visit visit) -> visit.number(SpectraColumn.MJD))
                .thenComparing(visit -> visit.text(SpectraColumn.SCIENCE_SHA256)));
        List<Point> points = new ArrayList<>();
        for (Visit visit : inTime) {
            double[][] lists = new double[ObjectsTable.LIGHT.size()][];
            for (int k = 0; k < lists.length; k++) {
                lists[k] = visit.table.list(
                        visit.row, SpectraTable.list(SpectraTable.PHOTOMETRY, ObjectsTable.LIGHT.get(k)));
            }
            Object bands = visit.table.value(visit.row, SpectraTable.list(SpectraTable.PHOTOMETRY, "band"));
            List<?> names = bands instanceof List<?> list ? list : List.of();
            double mjd = visit.number(SpectraColumn.MJD);
            double airmass = visit.number(SpectraColumn.AIRMASS);
            String exposure = visit.text(SpectraColumn.EXPOSURE);
            String instrument = visit.text(SpectraColumn.INSTRUMENT);
            String disperser = visit.text(SpectraColumn.DISPERSER);
            for (int i = 0; i < names.size(); i++) {
                double[] light = new double[lists.length];
                for (int k = 0; k < light.length; k++) {
                    light[k] = lists[k][i];
                }
                points.add(
                        new Point(mjd, String.valueOf(names.get(i)), light, airmass, exposure, instrument, disperser));
            }
        }
        return points;
    }
}

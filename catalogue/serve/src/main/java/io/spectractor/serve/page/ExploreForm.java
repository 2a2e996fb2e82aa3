package io.spectractor.serve.page;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was chosen on the page Explore, step by step; the steps are written as ADQL.
 *
 * @param table full name of the table, null for none
 * @param columns names of its columns, none for the usual ones
 * @param percent of the rows that are taken, by chance
 * @param seed which of all samples; the same takes the same rows
 * @param filters conditions on columns
 * @param cone right ascension, declination and radius, degrees; null for the whole sky
 */
record ExploreForm(
        @Nullable String table,
        List<String> columns,
        double percent,
        int seed,
        List<Filter> filters,
        double @Nullable [] cone) {
    static final List<String> SIGNS = List.of("=", "<>", "<", "<=", ">", ">=", "LIKE", "IS NULL", "IS NOT NULL");
    static final int FILTERS = 4;
    private static final int USUAL_COLUMNS = 10;
    /** What is looked at first of spectra. */
    private static final List<String> OF_SPECTRA =
            List.of("target", "exposure", "mjd", "airmass", "disperser", "filter", "snr", "pwv", "ozone", "aerosols");

    /**
     * A condition.
     *
     * @param column name of the column
     * @param sign one of {@link #SIGNS}
     * @param value as it was written
     */
    record Filter(String column, String sign, String value) {}

    ExploreForm {
        columns = List.copyOf(columns);
        filters = List.copyOf(filters);
    }

    static ExploreForm of(Map<String, List<String>> given) {
        List<Filter> filters = new ArrayList<>();
        for (int i = 1; i <= FILTERS; i++) {
            String column = one(given, "f" + i);
            String sign = one(given, "o" + i);
            if (column != null) {
                String value = one(given, "v" + i);
                filters.add(new Filter(column, sign == null ? "=" : sign, value == null ? "" : value));
            }
        }
        String percent = one(given, "sample");
        String ra = one(given, "ra");
        String dec = one(given, "dec");
        String radius = one(given, "radius");
        boolean whole = ra == null && dec == null;
        return new ExploreForm(
                one(given, "table"),
                given.getOrDefault("columns", List.of()).stream()
                        .filter(name -> !name.isBlank())
                        .toList(),
                percent == null ? 100 : number("sample", percent),
                seed(one(given, "seed")),
                filters,
                whole
                        ? null
                        : new double[] {
                            number("right ascension", String.valueOf(ra)),
                            number("declination", String.valueOf(dec)),
                            number("radius", radius == null ? "0.1" : radius)
                        });
    }

    private static @Nullable String one(Map<String, List<String>> given, String name) {
        List<String> all = given.getOrDefault(name, List.of());
        return all.isEmpty() || all.get(0).isBlank() ? null : all.get(0).strip();
    }

    private static int seed(@Nullable String text) {
        if (text == null) {
            return 1;
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new QueryRejectedException("the number of the sample '" + text + "' is not a whole number");
        }
        return Integer.parseInt(text);
    }

    static double number(String what, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new QueryRejectedException(what + " '" + text + "' is not a number", e);
        }
        throw new QueryRejectedException(what + " '" + text + "' is not a number");
    }

    /** Columns that are shown where none was chosen: those of spectra that matter most, else the first with a single value. */
    static List<String> usual(TableSpec table) {
        List<String> known =
                OF_SPECTRA.stream().filter(name -> table.column(name) != null).toList();
        if (table.name().equals("spectra") && known.size() > 2) {
            return known;
        }
        return table.columns().stream()
                .filter(column -> !column.type().isArray() && !column.name().startsWith("_"))
                .limit(USUAL_COLUMNS)
                .map(ColumnSpec::name)
                .toList();
    }

    /**
     * As ADQL.
     *
     * @param needed columns that are there too if they were not chosen
     * @throws QueryRejectedException if the table has no such column
     */
    String adql(TableSpec from, List<String> needed) {
        Set<String> names = new LinkedHashSet<>();
        for (String name : columns.isEmpty() ? usual(from) : columns) {
            names.add(Names.spelled(column(from, name).name()));
        }
        for (String name : needed) {
            names.add(Names.spelled(column(from, name).name()));
        }
        StringBuilder out = new StringBuilder("SELECT " + String.join(", ", names) + "\nFROM " + from.fullName());
        List<String> conditions = new ArrayList<>();
        double[] at = cone;
        TableSpec.SkyColumns sky = from.sky();
        if (at != null) {
            if (sky == null) {
                throw new QueryRejectedException(from.fullName() + " has no positions");
            }
            conditions.add("1 = CONTAINS(POINT(" + Names.spelled(sky.ra()) + ", " + Names.spelled(sky.dec())
                    + "), CIRCLE(" + at[0] + ", " + at[1] + ", " + at[2] + "))");
        }
        filters.forEach(filter -> conditions.add(condition(from, filter)));
        if (!(percent > 0 && percent <= 100)) {
            throw new QueryRejectedException("a sample is more than 0 and up to 100 percent");
        }
        if (percent < 100) {
            conditions.add("RAND(" + seed + ") < " + percent / 100);
        }
        if (!conditions.isEmpty()) {
            out.append("\nWHERE ").append(String.join("\n  AND ", conditions));
        }
        return out.toString();
    }

    private static ColumnSpec column(TableSpec from, String name) {
        ColumnSpec column = from.column(name);
        if (column == null) {
            throw new QueryRejectedException("there is no column " + name + " in " + from.fullName());
        }
        return column;
    }

    private static String condition(TableSpec from, Filter filter) {
        ColumnSpec column = column(from, filter.column());
        String name = Names.spelled(column.name());
        if (!SIGNS.contains(filter.sign())) {
            throw new QueryRejectedException(
                    "a filter compares by " + String.join(" ", SIGNS) + ", not by " + filter.sign());
        }
        if (filter.sign().startsWith("IS")) {
            return name + " " + filter.sign();
        }
        String value = column.type().isNumber() && !filter.sign().equals("LIKE")
                ? filter.value().matches("[+-]?[0-9]+") && filter.value().length() < 19
                        ? filter.value()
                        : Double.toString(number("the value of " + column.name(), filter.value()))
                : Names.literal(filter.value());
        return name + " " + filter.sign() + " " + value;
    }
}

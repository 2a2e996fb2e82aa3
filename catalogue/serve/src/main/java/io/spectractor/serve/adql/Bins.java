package io.spectractor.serve.adql;

import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.QueryRejectedException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of a query fall into cells of one or two of its columns. The engine counts; the rows themselves go nowhere,
 * so there may be any number of them.
 *
 * @param x from and to, what is between is divided into cells of equal width
 * @param y the same; null if there is one column only
 * @param counts rows of each cell: {@code counts[iy][ix]}
 * @param rows how many of them have values within the ranges
 */
public record Bins(double[] x, double @Nullable [] y, long[][] counts, long rows) {
    private static final int MOST = 1000;

    /**
     * Counts.
     *
     * @param xColumn number of the column, from 0
     * @param yColumn of the other, -1 for none
     * @param nx cells
     * @param ny cells, 1 if there is no other column
     * @param xRange null for that of the values
     * @param yRange null for that of the values
     * @return null if no row has finite values there
     */
    public static @Nullable Bins of(
            Engine.Session session,
            TranslatedQuery query,
            int xColumn,
            int yColumn,
            int nx,
            int ny,
            double @Nullable [] xRange,
            double @Nullable [] yRange)
            throws SQLException {
        if (nx < 1 || nx > MOST || ny < 1 || ny > MOST) {
            throw new QueryRejectedException("a drawing has 1 to " + MOST + " cells along an axis");
        }
        boolean two = yColumn >= 0;
        String x = "CAST(c" + xColumn + " AS DOUBLE)";
        String y = two ? "CAST(c" + yColumn + " AS DOUBLE)" : "0.0";
        String from = " FROM (SELECT " + x + " AS x, " + y + " AS y FROM (" + query.sql() + ") AS q("
                + names(query.columns().size()) + ")) WHERE isfinite(x) AND isfinite(y)"
                + within("x", xRange) + within("y", two ? yRange : null);
        double[] xs = xRange;
        double[] ys = two ? yRange : new double[] {0, 1};
        if (xs == null || ys == null) {
            try (ResultSet ends =
                    session.statement().executeQuery("SELECT min(x), max(x), min(y), max(y), count(*)" + from)) {
                ends.next();
                if (ends.getLong(5) == 0) {
                    return null;
                }
                xs = xs == null ? spread(ends.getDouble(1), ends.getDouble(2)) : xs;
                ys = ys == null ? spread(ends.getDouble(3), ends.getDouble(4)) : ys;
            }
        }
        long[][] counts = new long[ny][nx];
        long rows = 0;
        String cells = "SELECT " + cell("x", xs, nx) + " AS i, " + cell("y", ys, ny) + " AS j, count(*) AS n" + from
                + within("x", xs) + within("y", ys) + " GROUP BY i, j";
        try (ResultSet found = session.statement().executeQuery(cells)) {
            while (found.next()) {
                counts[found.getInt(2)][found.getInt(1)] = found.getLong(3);
                rows += found.getLong(3);
            }
        }
        return rows == 0 ? null : new Bins(xs, two ? ys : null, counts, rows);
    }

    /**
     * Two columns of some rows, and what the rows are called.
     *
     * @param x numbers, NaN where there is no value
     * @param y as many
     * @param names as many; empty where no column of names was asked for
     */
    public record Points(double[] x, double[] y, List<String> names) {}

    /**
     * Two columns of the first rows of a query.
     *
     * @param nameColumn of the names, -1 for none
     * @param xRange null for all rows
     * @param yRange null for all rows
     * @param most rows at most
     */
    public static Points points(
            Engine.Session session,
            TranslatedQuery query,
            int xColumn,
            int yColumn,
            int nameColumn,
            double @Nullable [] xRange,
            double @Nullable [] yRange,
            int most)
            throws SQLException {
        List<double[]> points = new ArrayList<>();
        List<String> names = new ArrayList<>();
        try (ResultSet found = session.statement()
                .executeQuery("SELECT x, y, name FROM (SELECT CAST(c" + xColumn + " AS DOUBLE) AS x, CAST(c" + yColumn
                        + " AS DOUBLE) AS y, " + (nameColumn < 0 ? "''" : "CAST(c" + nameColumn + " AS VARCHAR)")
                        + " AS name FROM (" + query.sql() + ") AS q("
                        + names(query.columns().size())
                        + ")) WHERE TRUE" + within("x", xRange) + within("y", yRange) + " LIMIT " + most)) {
            while (found.next()) {
                double x = found.getDouble(1);
                x = found.wasNull() ? Double.NaN : x;
                double y = found.getDouble(2);
                points.add(new double[] {x, found.wasNull() ? Double.NaN : y});
                if (nameColumn >= 0) {
                    names.add(String.valueOf(found.getString(3)));
                }
            }
        }
        return new Points(
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray(),
                names);
    }

    private static String names(int n) {
        return IntStream.range(0, n).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
    }

    private static String within(String name, double @Nullable [] range) {
        return range == null ? "" : " AND " + name + " BETWEEN " + number(range[0]) + " AND " + number(range[1]);
    }

    private static String cell(String name, double[] range, int n) {
        // the upper end belongs to the last cell
        return "CAST(least(" + (n - 1) + ", floor((" + name + " - " + number(range[0]) + ") / "
                + number(range[1] - range[0]) + " * " + n + ")) AS INTEGER)";
    }

    private static String number(double value) {
        return "CAST('" + String.format(Locale.ROOT, "%s", value) + "' AS DOUBLE)";
    }

    /** A range that is not empty. */
    private static double[] spread(double least, double most) {
        double margin = most > least ? 0 : Math.max(Math.abs(most) * 1e-3, 1e-9);
        return new double[] {least - margin, most + margin};
    }
}

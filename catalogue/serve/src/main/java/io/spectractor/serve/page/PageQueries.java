package io.spectractor.serve.page;

import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Bins;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Result;
import io.spectractor.serve.data.ResultRows;
import io.spectractor.serve.data.ServedCatalogue;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.RowSequence;

/** Queries that the pages ask, through the same gate as everybody's. */
final class PageQueries {
    private final ServedCatalogue site;
    private final Engine engine;

    PageQueries(ServedCatalogue site, Engine engine) {
        this.site = site;
        this.engine = engine;
    }

    /**
     * A result in memory.
     *
     * @param columns its columns
     * @param rows its rows
     * @param overflow whether there are more
     */
    record Answer(List<ColumnSpec> columns, List<@Nullable Object[]> rows, boolean overflow) {
        /** A column as numbers, NaN where it has none. */
        double[] numbers(int column) {
            return rows.stream()
                    .mapToDouble(row -> row[column] instanceof Number number ? number.doubleValue() : Double.NaN)
                    .toArray();
        }

        /** The place of a column of this name, -1 if there is none. */
        int column(String name) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).name().equalsIgnoreCase(name)) {
                    return i;
                }
            }
            return -1;
        }
    }

    ServedCatalogue.Snapshot now() {
        return site.now();
    }

    /** Asks, and takes all that there is. */
    Answer ask(String query, int most) {
        return ask(query, most, true);
    }

    /**
     * Asks.
     *
     * @param arrays whether arrays are wanted, or only how long they are
     */
    Answer ask(String query, int most, boolean arrays) {
        var translation = Adql.translate(query, site.now().tables());
        return engine.run(engine.limits().time(), new Engine.Stop(), session -> {
            Result result = Queries.evaluate(session, translation, most);
            List<@Nullable Object[]> rows = new ArrayList<>();
            try (RowSequence sequence = new ResultRows(session, result).getRowSequence()) {
                while (sequence.next()) {
                    @Nullable Object[] row = sequence.getRow();
                    for (int i = 0; i < row.length && !arrays; i++) {
                        Object value = row[i];
                        row[i] = value != null && value.getClass().isArray()
                                ? Array.getLength(value) + " values"
                                : value;
                    }
                    rows.add(row);
                }
            }
            return new Answer(result.columns(), rows, result.overflow());
        });
    }

    /** Counts rows by cells of one or two columns; arguments as those of {@link Bins#of}. */
    @Nullable
    Bins bins(String query, int x, int y, int nx, int ny, double @Nullable [] xRange, double @Nullable [] yRange) {
        var translation = Adql.translate(query, site.now().tables());
        return engine.run(
                engine.limits().time(),
                new Engine.Stop(),
                session -> Bins.of(session, translation, x, y, nx, ny, xRange, yRange));
    }

    /** Two columns of the first rows that lie within the ranges; arguments as those of {@link Bins#points}. */
    Bins.Points points(
            String query, int x, int y, int name, double @Nullable [] xRange, double @Nullable [] yRange, int most) {
        var translation = Adql.translate(query, site.now().tables());
        return engine.run(
                engine.limits().time(),
                new Engine.Stop(),
                session -> Bins.points(session, translation, x, y, name, xRange, yRange, most));
    }
}

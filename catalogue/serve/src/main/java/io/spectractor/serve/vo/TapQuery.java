package io.spectractor.serve.vo;

import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.adql.TranslatedQuery;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.Result;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A query with all that was asked of it.
 *
 * @param query ADQL
 * @param format of the result
 * @param rows at most
 * @param uploads tables that came with it
 */
public record TapQuery(String query, ResultFormat format, long rows, List<Upload> uploads) {
    public TapQuery {
        uploads = List.copyOf(uploads);
    }

    /**
     * Reads the parameters.
     *
     * @throws QueryRejectedException if one is missing or has a value that there is not
     */
    public static TapQuery of(Parameters parameters, Limits limits, List<Upload> uploads) {
        String request = parameters.get("REQUEST");
        if (request != null && !request.equalsIgnoreCase("doQuery")) {
            throw new QueryRejectedException("REQUEST is doQuery, not '" + request + "'");
        }
        String language = parameters.get("LANG");
        if (language == null) {
            throw new QueryRejectedException("LANG is missing; it is ADQL");
        }
        if (!language.toUpperCase(Locale.ROOT).matches("ADQL(-2\\.[01])?")) {
            throw new QueryRejectedException("LANG is ADQL, not '" + language + "'");
        }
        String format = parameters.get("RESPONSEFORMAT");
        if (format == null) {
            format = parameters.get("FORMAT");
        }
        return new TapQuery(
                parameters.required("QUERY"),
                format == null ? ResultFormat.VOTABLE : ResultFormat.of(format),
                parameters.maxrec(limits.rows(), limits.mostRows()),
                uploads);
    }

    /**
     * Evaluates it into a file.
     *
     * @throws QueryRejectedException if it cannot be evaluated; then there is no file
     */
    public Path evaluate(Engine engine, List<TableSpec> tables, Duration time, Engine.Stop stop) {
        return evaluate(engine, tables, time, Engine.TURN, stop);
    }

    /**
     * Evaluates it into a file.
     *
     * @param time how long it may take
     * @param patience how long it may wait for its turn
     * @throws QueryRejectedException if it cannot be evaluated; then there is no file
     */
    Path evaluate(Engine engine, List<TableSpec> tables, Duration time, Duration patience, Engine.Stop stop) {
        List<TableSpec> all = new ArrayList<>(tables);
        uploads.forEach(upload -> all.add(upload.table()));
        TranslatedQuery translation = Adql.translate(query, all);
        return engine.run(time, patience, stop, session -> {
            for (Upload upload : uploads) {
                upload.fill(session);
            }
            return written(engine, session, Queries.evaluate(session, translation, rows));
        });
    }

    private Path written(Engine engine, Engine.Session session, Result result) throws IOException, SQLException {
        Path file = Files.createTempFile(engine.results(), "result", "." + format.suffix());
        try {
            format.write(session, result, file);
            return file;
        } catch (SQLException | IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}

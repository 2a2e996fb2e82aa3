package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.Result;
import io.spectractor.serve.data.ResultRows;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.ac.starlink.votable.DataFormat;

/** Simple Cone Search 1.03, for each table with positions: {@code /scs/objects?RA=&DEC=&SR=}. */
public final class ConeRoutes {
    private final ServedCatalogue site;
    private final Engine engine;

    public ConeRoutes(ServedCatalogue site, Engine engine) {
        this.site = site;
        this.engine = engine;
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get("/scs/{table}", this::cone);
        routes.post("/scs/{table}", this::cone);
    }

    private void cone(Context http) throws IOException {
        // an error has status 200 here: the standard is older than DALI
        try {
            Path file = answer(TapRoutes.parameters(http), http.pathParam("table"));
            TapRoutes.send(http, file, TapRoutes.XML, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (QueryRejectedException | BusyException e) {
            http.contentType(TapRoutes.XML).result(VoTables.coneError(String.valueOf(e.getMessage())));
        }
    }

    private Path answer(Parameters parameters, String name) {
        TableSpec table = site.now().table("catalogue", name);
        TableSpec.SkyColumns sky = table.sky();
        if (sky == null) {
            throw new QueryRejectedException(name + " has no positions");
        }
        double ra = parameters.number("RA");
        double dec = parameters.number("DEC");
        double radius = parameters.number("SR");
        if (!(ra >= 0 && ra <= 360) || !(dec >= -90 && dec <= 90) || !(radius >= 0 && radius <= 180)) {
            throw new QueryRejectedException("RA is 0 to 360, DEC -90 to 90, SR 0 to 180 degrees");
        }
        String verbosity = parameters.get("VERB");
        if (verbosity != null && !verbosity.matches("[123]")) {
            throw new QueryRejectedException("VERB is 1, 2 or 3, not " + verbosity);
        }
        long rows = parameters.maxrec(engine.limits().rows(), engine.limits().mostRows());
        List<ColumnSpec> columns = new ArrayList<>(table.columns());
        if (!"3".equals(verbosity)) {
            columns.removeIf(column -> column.type().isArray());
        }
        if ("1".equals(verbosity)) {
            Set<String> kept = new HashSet<>(List.of("name", "target", "mjd"));
            kept.addAll(List.of(identifier(columns), sky.ra(), sky.dec()));
            columns.removeIf(column -> !kept.contains(column.name()));
        }
        String query = "SELECT "
                + columns.stream().map(column -> Names.quoted(column.name())).collect(Collectors.joining(", "))
                + " FROM "
                + table.fullName() + " WHERE 1 = CONTAINS(POINT(" + Names.quoted(sky.ra()) + ", "
                + Names.quoted(sky.dec()) + "), CIRCLE(" + ra + ", " + dec + ", " + radius + "))";
        return engine.run(engine.limits().time(), new Engine.Stop(), session -> {
            var found =
                    Queries.evaluate(session, Adql.translate(query, site.now().tables()), radius == 0 ? 0 : rows);
            Result named = new Result(found.table(), named(found.columns(), sky), found.rows(), found.overflow());
            return VoTables.file(
                    engine.results(),
                    out -> VoTables.write(
                            new ResultRows(session, named), DataFormat.TABLEDATA, found.overflow() && radius > 0, out));
        });
    }

    /** The columns, where those that the standard asks for have the descriptors of its day. */
    private static List<ColumnSpec> named(List<ColumnSpec> columns, TableSpec.SkyColumns sky) {
        String id = identifier(columns);
        List<ColumnSpec> named = new ArrayList<>();
        for (ColumnSpec column : columns) {
            String ucd = column.name().equals(sky.ra())
                    ? "POS_EQ_RA_MAIN"
                    : column.name().equals(sky.dec())
                            ? "POS_EQ_DEC_MAIN"
                            : column.name().equals(id) ? "ID_MAIN" : column.ucd();
            named.add(ColumnSpec.of(
                    column.name(), column.type(), column.unit(), ucd, column.description(), column.expression()));
        }
        return named;
    }

    private static String identifier(List<ColumnSpec> columns) {
        for (String name : List.of("science_sha256", "name", "id", "_healpix_29")) {
            for (ColumnSpec column : columns) {
                if (column.name().equalsIgnoreCase(name)) {
                    return column.name();
                }
            }
        }
        return columns.get(0).name();
    }
}

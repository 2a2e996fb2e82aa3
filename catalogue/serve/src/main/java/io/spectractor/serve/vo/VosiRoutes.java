package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.hats.CatalogueException;
import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.ResultRows;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.data.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.RowSequence;

/**
 * What the services tell of themselves: the documents {@code capabilities} and {@code availability} of VOSI, of TAP and of the
 * services of spectra, and the description for a registry.
 */
public final class VosiRoutes {
    private static final int MOST_CONES = 50;
    /** Where clients look for the documents of the services of spectra: beside and below each. */
    private static final List<String> OF_SPECTRA = List.of("", "/ssa", "/datalink", "/soda");

    private final ServedCatalogue site;
    private final Engine engine;
    private final String url;
    private final String name;
    private final boolean guarded;
    private final String authority;
    private final Instant since = Instant.now();

    /**
     * @param url address of the server
     * @param name of the catalogue
     * @param guarded whether a token is needed
     * @param authority authority of the identifiers of spectra
     */
    public VosiRoutes(ServedCatalogue site, Engine engine, String url, String name, boolean guarded, String authority) {
        this.site = site;
        this.engine = engine;
        this.url = url;
        this.name = name;
        this.guarded = guarded;
        this.authority = authority;
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get(
                "/tap/capabilities",
                http -> http.contentType(TapRoutes.XML)
                        .result(capabilities().tap(hasObsCore()).document()));
        routes.get("/tap/availability", this::availability);
        for (String path : OF_SPECTRA) {
            routes.get(
                    path + "/capabilities",
                    http -> TapRoutes.answer(
                            http,
                            () -> http.contentType(TapRoutes.XML)
                                    .result(spectra(capabilities().vosi(path, false))
                                            .document())));
            routes.get(path + "/availability", this::availability);
        }
        routes.get("/voresource.xml", http -> TapRoutes.answer(http, () -> description(http)));
    }

    private Capabilities capabilities() {
        return new Capabilities(url, engine.limits(), guarded);
    }

    private boolean hasObsCore() {
        return TapRoutes.hasObsCore(site.now().tables());
    }

    private void availability(Context http) {
        String problem = null;
        try {
            site.now();
        } catch (CatalogueException e) {
            problem = "the catalogue cannot be read at the moment";
        }
        http.contentType(TapRoutes.XML).result(Vosi.availability(since, problem));
    }

    private Capabilities spectra(Capabilities of) {
        return hasObsCore() ? of.links().ssa(example(site.now().table("ivoa", "obscore"))) : of;
    }

    /** Where one of a table's rows lies, degrees; null if none has a position. */
    private double @Nullable [] example(TableSpec table) {
        TableSpec.SkyColumns sky = table.sky();
        if (sky == null) {
            return null;
        }
        String ra = Names.quoted(sky.ra());
        String dec = Names.quoted(sky.dec());
        String query = "SELECT TOP 1 " + ra + ", " + dec + " FROM " + table.fullName() + " WHERE " + ra
                + " BETWEEN 0 AND 360 AND " + dec + " BETWEEN -90 AND 90";
        return engine.run(engine.limits().time(), new Engine.Stop(), session -> {
                    ResultRows rows = new ResultRows(
                            session,
                            Queries.evaluate(
                                    session, Adql.translate(query, site.now().tables()), 1));
                    try (RowSequence sequence = rows.getRowSequence()) {
                        return sequence.next()
                                        && sequence.getCell(0) instanceof Number a
                                        && sequence.getCell(1) instanceof Number d
                                ? Optional.of(new double[] {a.doubleValue(), d.doubleValue()})
                                : Optional.<double[]>empty();
                    }
                })
                .orElse(null);
    }

    private void description(Context http) {
        Parameters given = TapRoutes.parameters(http);
        String wanted = given.get("AUTHORITY");
        if (wanted != null && !wanted.equals(authority)) {
            throw new QueryRejectedException("the identifiers of the spectra begin with ivo://" + authority
                    + "/; start the server with --authority " + wanted + " to describe it under that name");
        }
        VoResource.Publisher publisher = new VoResource.Publisher(
                authority, given.required("PUBLISHER"), given.required("CONTACT"), given.required("EMAIL"));
        List<TableSpec> tables = site.now().tables();
        Capabilities all = spectra(capabilities().tap(hasObsCore()));
        tables.stream()
                .filter(table -> table.sky() != null && table.schema().equals("catalogue"))
                .limit(MOST_CONES)
                .forEach(table -> all.cone(table, example(table)));
        Path state = site.now().collection().state();
        http.contentType("text/xml")
                .result(VoResource.of(publisher, url, name, tables, all.elements(), created(), changed(state)));
    }

    private Instant created() {
        try {
            Instant made = Files.readAttributes(site.folder(), BasicFileAttributes.class)
                    .creationTime()
                    .toInstant();
            Instant changed = changed(site.now().collection().state());
            return made.isBefore(changed) ? made : changed;
        } catch (IOException e) {
            throw new CatalogueException("there is no folder " + site.folder().getFileName(), e);
        }
    }

    private static Instant changed(Path state) {
        try {
            return Files.getLastModifiedTime(state).toInstant();
        } catch (IOException e) {
            throw new CatalogueException("the folder " + state.getFileName() + " is not there any more", e);
        }
    }
}

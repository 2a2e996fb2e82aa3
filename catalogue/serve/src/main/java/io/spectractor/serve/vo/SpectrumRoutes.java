package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.hats.CatalogueException;
import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.data.BusyException;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.ResultRows;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.data.TableSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.RowSequence;

/** Single spectra: their links, themselves, and parts of them. */
public final class SpectrumRoutes {
    private static final int MOST_IDS = 500;
    private static final double AIR = 1.000277;
    private static final String MULTI_VALUED = "MultiValuedParamNotSupported";

    private final ServedCatalogue site;
    private final Engine engine;
    private final DataLink links;

    /**
     * @param url address of the server
     * @param guarded whether a token is needed
     */
    public SpectrumRoutes(ServedCatalogue site, Engine engine, String url, boolean guarded) {
        this.site = site;
        this.engine = engine;
        this.links = new DataLink(url, guarded);
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get("/datalink", http -> TapRoutes.answer(http, () -> links(http)));
        routes.post("/datalink", http -> TapRoutes.answer(http, () -> links(http)));
        routes.get("/soda", this::soda);
        routes.post("/soda", this::soda);
        routes.get("/spectrum/{file}", http -> TapRoutes.answer(http, () -> whole(http)));
    }

    private TableSpec spectra() {
        for (TableSpec table : site.now().tables()) {
            if (ObsCore.isSpectra(table)) {
                return table;
            }
        }
        throw new QueryRejectedException("this catalogue has no spectra");
    }

    private void links(Context http) throws IOException {
        Parameters parameters = TapRoutes.parameters(http);
        List<String> ids =
                parameters.all("ID").stream().filter(id -> !id.isBlank()).toList();
        if (ids.size() > MOST_IDS) {
            throw new QueryRejectedException("at most " + MOST_IDS + " identifiers at a time");
        }
        String format = parameters.get("RESPONSEFORMAT");
        if (format != null
                && !format.toLowerCase(Locale.ROOT).matches("votable.*|application/x-votable\\+xml.*|text/xml")) {
            throw new QueryRejectedException("links are a VOTable, not " + format);
        }
        List<@Nullable String> digests = new ArrayList<>();
        ids.forEach(id -> digests.add(DataLink.digest(id)));
        Map<String, DataLink.Known> there = there(digests);
        List<DataLink.@Nullable Known> known = new ArrayList<>();
        digests.forEach(digest -> known.add(digest == null ? null : there.get(digest)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        links.write(ids, known, out);
        http.contentType(DataLink.MIME).result(out.toByteArray());
    }

    /** Those of some digests that have a spectrum. */
    private Map<String, DataLink.Known> there(List<@Nullable String> digests) {
        String list = digests.stream()
                .filter(java.util.Objects::nonNull)
                .map(Names::literal)
                .collect(Collectors.joining(", "));
        if (list.isEmpty()) {
            return Map.of();
        }
        String query = "SELECT science_sha256, spectrum_wavelength, air_or_vacuum FROM "
                + spectra().fullName() + " WHERE science_sha256 IN (" + list + ")";
        return engine.run(engine.limits().time(), new Engine.Stop(), session -> {
            Map<String, DataLink.Known> found = new HashMap<>();
            ResultRows rows = new ResultRows(
                    session,
                    Queries.evaluate(session, Adql.translate(query, site.now().tables()), 2L * MOST_IDS));
            try (RowSequence sequence = rows.getRowSequence()) {
                while (sequence.next()) {
                    String digest = String.valueOf(sequence.getCell(0));
                    double[] metres = metres(sequence.getCell(1), "air".equals(sequence.getCell(2)));
                    found.put(digest, new DataLink.Known(digest, metres));
                }
            }
            return found;
        });
    }

    /** Shortest and longest wavelength in vacuum, metres, of an array in nm; NaN where there is none. */
    private static double[] metres(@Nullable Object nm, boolean air) {
        double[] ends = {Double.NaN, Double.NaN};
        for (int i = 0; nm != null && i < Array.getLength(nm); i++) {
            double value = Array.getDouble(nm, i) * 1e-9 * (air ? AIR : 1);
            if (Double.isFinite(value)) {
                ends[0] = value >= ends[0] ? ends[0] : value;
                ends[1] = value <= ends[1] ? ends[1] : value;
            }
        }
        return ends;
    }

    private void whole(Context http) throws IOException {
        String file = http.pathParam("file");
        int dot = file.lastIndexOf('.');
        String digest = DataLink.digest(dot < 0 ? file : file.substring(0, dot));
        ResultFormat format = null;
        for (ResultFormat one : ResultFormat.values()) {
            if (format == null && dot >= 0 && one.suffix().equals(file.substring(dot + 1))) {
                format = one;
            }
        }
        if (digest == null || format == null || there(List.of(digest)).isEmpty()) {
            http.status(404).contentType("text/plain").result("there is no spectrum " + file);
            return;
        }
        send(http, digest, null, format);
    }

    /** Answers as SODA 1.0 wants: errors are plain text that begins with one of its words. */
    private void soda(Context http) throws IOException {
        try {
            cut(http);
        } catch (QueryRejectedException e) {
            String message = String.valueOf(e.getMessage());
            sodaError(http, 400, message.startsWith(MULTI_VALUED) ? message : "UsageError: " + message);
        } catch (BusyException e) {
            sodaError(http.header("Retry-After", "30"), 503, "ServiceUnavailable: " + e.getMessage());
        } catch (CatalogueException e) {
            sodaError(http, 503, "ServiceUnavailable: the catalogue cannot be read at the moment");
        }
    }

    private static void sodaError(Context http, int status, String message) {
        http.status(status).contentType("text/plain; charset=utf-8").result(message);
    }

    private void cut(Context http) throws IOException {
        Parameters parameters = TapRoutes.parameters(http);
        List<String> ids = parameters.all("ID");
        if (ids.isEmpty()) {
            throw new QueryRejectedException("ID is missing: the identifier of a spectrum (obs_publisher_did)");
        }
        if (ids.size() > 1 || parameters.all("BAND").size() > 1) {
            throw new QueryRejectedException(MULTI_VALUED + ": one ID and one BAND at a time");
        }
        for (String other : List.of("POS", "CIRCLE", "POLYGON", "TIME", "POL")) {
            if (parameters.get(other) != null) {
                throw new QueryRejectedException("a spectrum is cut by BAND, not by " + other);
            }
        }
        String digest = DataLink.digest(ids.get(0));
        if (digest == null || there(List.of(digest)).isEmpty()) {
            throw new QueryRejectedException("there is no spectrum " + ids.get(0));
        }
        String band = parameters.get("BAND");
        String format = parameters.get("RESPONSEFORMAT");
        send(
                http,
                digest,
                band == null ? null : DataLink.band(band),
                format == null ? ResultFormat.VOTABLE : ResultFormat.of(format));
    }

    /** Sends a spectrum, or its part; where there is none of it, nothing with status 204. */
    private void send(Context http, String digest, double @Nullable [] metres, ResultFormat format) throws IOException {
        TableSpec spectra = spectra();
        String points = spectra.fullName() + "_spectrum";
        List<String> columns = new ArrayList<>();
        for (String column : List.of("wavelength", "flux", "flux_err", "flux_toa", "flux_toa_err")) {
            if (site.now().table(spectra.schema(), spectra.name() + "_spectrum").column(column) != null) {
                columns.add(column);
            }
        }
        String query = "SELECT " + String.join(", ", columns) + " FROM " + points + " WHERE science_sha256 = "
                + Names.literal(digest) + (metres == null ? "" : within(metres)) + " ORDER BY wavelength";
        Optional<Path> file = engine.run(engine.limits().time(), new Engine.Stop(), session -> {
            var result = Queries.evaluate(
                    session,
                    Adql.translate(query, site.now().tables()),
                    engine.limits().mostRows());
            if (metres != null && result.rows() == 0) {
                return Optional.empty();
            }
            Path made = Files.createTempFile(engine.results(), "spectrum", "." + format.suffix());
            try {
                format.write(session, result, made);
                return Optional.of(made);
            } catch (SQLException | IOException | RuntimeException e) {
                Files.deleteIfExists(made);
                throw e;
            }
        });
        if (file.isEmpty()) {
            http.status(204);
            return;
        }
        http.header("Content-Disposition", "attachment; filename=\"" + digest + "." + format.suffix() + "\"");
        TapRoutes.send(http, file.get(), format.mime(), StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** The condition for wavelengths in vacuum, metres, on a column of nm in air or vacuum. */
    private static String within(double[] metres) {
        String vacuum = "wavelength * 1e-9 * CASE WHEN air_or_vacuum = 'air' THEN " + AIR + " ELSE 1.0 END";
        return (Double.isInfinite(metres[0]) ? "" : " AND " + vacuum + " >= " + metres[0])
                + (Double.isInfinite(metres[1]) ? "" : " AND " + vacuum + " <= " + metres[1]);
    }
}

package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.ColumnType;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.Result;
import io.spectractor.serve.data.ResultRows;
import io.spectractor.serve.data.ServedCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.ac.starlink.votable.DataFormat;

/** Simple Spectral Access 1.1 over the table of ObsCore: POS, SIZE, BAND, TIME, FORMAT, TARGETNAME, MAXREC. */
public final class SsaRoutes {
    private static final String COLUMNS =
            "access_url, access_format, access_estsize, obs_title, target_name, obs_publisher_did, "
                    + "s_ra, s_dec, s_fov, t_min, t_exptime, em_min, em_max, em_xel, em_res_power, instrument_name, obs_collection";
    private static final double MJD_OF_1970 = 40587;

    private final ServedCatalogue site;
    private final Engine engine;

    public SsaRoutes(ServedCatalogue site, Engine engine) {
        this.site = site;
        this.engine = engine;
    }

    /** Adds them. */
    public void add(RoutesConfig routes) {
        routes.get("/ssa", http -> TapRoutes.answer(http, () -> query(http)));
        routes.post("/ssa", http -> TapRoutes.answer(http, () -> query(http)));
    }

    private void query(Context http) throws IOException {
        Parameters parameters = TapRoutes.parameters(http);
        String request = parameters.required("REQUEST");
        if (!request.equalsIgnoreCase("queryData")) {
            throw new QueryRejectedException("REQUEST is queryData, not '" + request + "'");
        }
        String format = parameters.get("FORMAT");
        String asked = format == null ? "all" : format.toLowerCase(Locale.ROOT);
        boolean metadata = asked.equals("metadata");
        boolean known =
                metadata || asked.matches("all|compliant|native|votable|.*application/x-votable\\+xml.*|.*datalink.*");
        long rows = metadata || !known
                ? 0
                : parameters.maxrec(engine.limits().rows(), engine.limits().mostRows());
        String adql = adql(parameters);
        Path answer = engine.run(engine.limits().time(), new Engine.Stop(), session -> {
            Result found =
                    Queries.evaluate(session, Adql.translate(adql, site.now().tables()), rows);
            Result named = new Result(found.table(), named(found.columns()), found.rows(), found.overflow());
            return VoTables.file(
                    engine.results(),
                    out -> VoTables.write(
                            new ResultRows(session, named),
                            DataFormat.TABLEDATA,
                            found.overflow() && rows > 0,
                            "<INFO name=\"SERVICE_PROTOCOL\" value=\"1.1\">SSAP</INFO>\n" + (metadata ? inputs() : ""),
                            "",
                            out));
        });
        TapRoutes.send(http, answer, "application/x-votable+xml", StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static String adql(Parameters parameters) {
        List<String> conditions = new ArrayList<>();
        String position = parameters.get("POS");
        if (position != null) {
            double[] at = position(position);
            double size = parameters.get("SIZE") == null ? 0.1 : parameters.number("SIZE");
            if (!(size >= 0 && size <= 360)) {
                throw new QueryRejectedException("SIZE is a diameter, 0 to 360 degrees");
            }
            conditions.add("1 = CONTAINS(POINT(s_ra, s_dec), CIRCLE(" + at[0] + ", " + at[1] + ", " + size / 2 + "))");
        }
        String band = parameters.get("BAND");
        if (band != null) {
            conditions.add(overlap(band, "em_min", "em_max", SsaRoutes::metres));
        }
        String time = parameters.get("TIME");
        if (time != null) {
            conditions.add(overlap(time, "t_min", "t_max", SsaRoutes::mjd));
        }
        String target = parameters.get("TARGETNAME");
        if (target != null) {
            conditions.add("LOWER(target_name) = " + Names.literal(target.toLowerCase(Locale.ROOT)));
        }
        return "SELECT " + COLUMNS + " FROM ivoa.obscore"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    private static double[] position(String text) {
        String[] parts = text.split(";", 2);
        String frame = parts.length == 2 ? parts[1].strip().toUpperCase(Locale.ROOT) : "ICRS";
        if (!frame.equals("ICRS") && !frame.equals("FK5")) {
            throw new QueryRejectedException("POS is in ICRS, not in " + parts[1]);
        }
        String[] numbers = parts[0].split(",", -1);
        try {
            double ra = Double.parseDouble(numbers[0].strip());
            double dec = Double.parseDouble(numbers[1].strip());
            if (numbers.length == 2 && ra >= 0 && ra <= 360 && dec >= -90 && dec <= 90) {
                return new double[] {ra, dec};
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new QueryRejectedException(
                    "POS=" + text + " is not a position: right ascension, comma, declination, degrees", e);
        }
        throw new QueryRejectedException(
                "POS=" + text + " is not a position: right ascension, comma, declination, degrees");
    }

    /** A range from/to, from/, /to or one value; several with commas between. */
    private static String overlap(
            String text, String least, String most, java.util.function.Function<String, Double> value) {
        List<String> ranges = new ArrayList<>();
        for (String range : text.split(";", 2)[0].split(",", 20)) {
            String[] ends = range.split("/", 2);
            String from = ends[0].strip();
            String to = ends.length == 2 ? ends[1].strip() : from;
            List<String> both = new ArrayList<>();
            if (!to.isEmpty()) {
                both.add(least + " <= " + value.apply(to));
            }
            if (!from.isEmpty()) {
                both.add(most + " >= " + value.apply(from));
            }
            if (both.isEmpty()) {
                throw new QueryRejectedException("'" + text + "' is not a range");
            }
            ranges.add("(" + String.join(" AND ", both) + ")");
        }
        return "(" + String.join(" OR ", ranges) + ")";
    }

    private static Double metres(String word) {
        try {
            double value = Double.parseDouble(word);
            if (value > 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new QueryRejectedException(
                    "BAND is a wavelength in metres, or two with / between; '" + word + "' is none", e);
        }
        throw new QueryRejectedException(
                "BAND is a wavelength in metres, or two with / between; '" + word + "' is none");
    }

    private static Double mjd(String word) {
        try {
            Instant instant = word.length() == 10
                    ? LocalDate.parse(word).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : LocalDateTime.parse(word.replaceFirst("Z$", "")).toInstant(ZoneOffset.UTC);
            return MJD_OF_1970 + instant.toEpochMilli() / 86_400_000.0;
        } catch (DateTimeParseException e) {
            throw new QueryRejectedException(
                    "TIME is e.g. 2023-11-28 or 2023-11-28T01:30:00; '" + word + "' is not", e);
        }
    }

    private static String inputs() {
        StringBuilder out = new StringBuilder();
        String[][] all = {
            {"POS", "*", "position: right ascension, declination, degrees ICRS"},
            {"SIZE", "*", "diameter around it, degrees; 0.1 if it is missing"},
            {"BAND", "*", "wavelengths, metres: from/to"},
            {"TIME", "*", "times, ISO 8601 UTC: from/to"},
            {"TARGETNAME", "*", "name of the star, as in the catalogue"},
            {"FORMAT", "*", "all, compliant, native, votable, metadata"},
            {"MAXREC", "*", "rows at most"},
        };
        for (String[] one : all) {
            out.append("<PARAM name=\"INPUT:")
                    .append(one[0])
                    .append("\" datatype=\"char\" arraysize=\"*\" value=\"\"><DESCRIPTION>")
                    .append(one[2])
                    .append("</DESCRIPTION></PARAM>\n");
        }
        return out.toString();
    }

    private static List<ColumnSpec> named(List<ColumnSpec> columns) {
        List<ColumnSpec> named = new ArrayList<>();
        for (ColumnSpec column : columns) {
            String utype = switch (column.name()) {
                case "access_url" -> "Access.Reference";
                case "access_format" -> "Access.Format";
                case "access_estsize" -> "Access.Size";
                case "obs_title" -> "DataID.Title";
                case "obs_collection" -> "DataID.Collection";
                case "target_name" -> "Target.Name";
                case "obs_publisher_did" -> "Curation.PublisherDID";
                case "s_fov" -> "Char.SpatialAxis.Coverage.Bounds.Extent";
                case "t_min" -> "Char.TimeAxis.Coverage.Bounds.Start";
                case "t_exptime" -> "Char.TimeAxis.Coverage.Bounds.Extent";
                case "em_min" -> "Char.SpectralAxis.Coverage.Bounds.Start";
                case "em_max" -> "Char.SpectralAxis.Coverage.Bounds.Stop";
                case "em_xel" -> "Dataset.Length";
                case "instrument_name" -> "DataID.Instrument";
                default -> "";
            };
            named.add(new ColumnSpec(
                    column.name(),
                    column.type() == ColumnType.REGION ? ColumnType.TEXT : column.type(),
                    column.unit(),
                    column.ucd(),
                    utype.isEmpty() ? "" : "ssa:" + utype,
                    column.description(),
                    column.expression(),
                    null));
        }
        return named;
    }
}

package io.spectractor.serve.vo;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.spectractor.serve.adql.Adql;
import io.spectractor.serve.adql.Queries;
import io.spectractor.serve.data.Engine;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.Result;
import io.spectractor.serve.data.ResultRows;
import io.spectractor.serve.data.ServedCatalogue;
import io.spectractor.serve.vo.SsaColumns.Format;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import uk.ac.starlink.votable.DataFormat;

/** Simple Spectral Access 1.1 over the table of ObsCore: POS, SIZE, BAND, TIME, FORMAT, TARGETNAME, MAXREC. */
public final class SsaRoutes {
    private static final double MJD_OF_1970 = 40587;

    private final ServedCatalogue site;
    private final Engine engine;
    private final String url;
    private final String publisher;

    /**
     * @param url address of the server
     * @param publisher who publishes the spectra: the authority of their identifiers
     */
    public SsaRoutes(ServedCatalogue site, Engine engine, String url, String publisher) {
        this.site = site;
        this.engine = engine;
        this.url = url;
        this.publisher = publisher;
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
        boolean metadata = "metadata".equalsIgnoreCase(format);
        List<Format> formats = metadata ? List.of() : formats(format == null ? "all" : format);
        long rows = formats.isEmpty()
                ? 0
                : parameters.maxrec(engine.limits().rows(), engine.limits().mostRows());
        long spectra = formats.isEmpty() ? 0 : (rows + formats.size() - 1) / formats.size();
        String adql = adql(parameters);
        Path answer = engine.run(engine.limits().time(), new Engine.Stop(), session -> {
            Result found =
                    Queries.evaluate(session, Adql.translate(adql, site.now().tables()), spectra);
            Result all = SsaColumns.answer(found, formats, url, publisher, rows);
            return VoTables.file(
                    engine.results(),
                    out -> VoTables.write(
                            new ResultRows(session, all),
                            DataFormat.TABLEDATA,
                            all.overflow() && rows > 0,
                            "<INFO name=\"SERVICE_PROTOCOL\" value=\"1.1\">SSAP</INFO>\n" + (metadata ? inputs() : ""),
                            "",
                            out));
        });
        TapRoutes.send(http, answer, "application/x-votable+xml", StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** The formats that the parameter FORMAT asks for: names of the standard and media types, with commas between. */
    private static List<Format> formats(String asked) {
        Set<Format> formats = EnumSet.noneOf(Format.class);
        for (String one : asked.toLowerCase(Locale.ROOT).split(",", -1)) {
            String word = one.strip();
            switch (word) {
                case "all" -> formats.addAll(List.of(Format.values()));
                case "fits", "native", "application/fits", "image/fits" -> formats.add(Format.FITS);
                case "votable", "xml", "compliant", "text/xml" -> formats.add(Format.VOTABLE);
                default -> {
                    // others than these, graphic for one, there are not
                    if (word.contains("datalink")) {
                        formats.add(Format.LINKS);
                    } else if (word.startsWith("application/x-votable+xml")) {
                        formats.add(Format.VOTABLE);
                    }
                }
            }
        }
        return List.copyOf(formats);
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
        return "SELECT " + SsaColumns.adql() + " FROM ivoa.obscore"
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
            {"FORMAT", "*", "all, fits, votable, datalink, native, compliant, metadata"},
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
}

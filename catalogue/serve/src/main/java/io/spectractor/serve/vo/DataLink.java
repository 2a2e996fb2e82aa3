package io.spectractor.serve.vo;

import io.spectractor.serve.data.QueryRejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.starlink.table.ColumnInfo;
import uk.ac.starlink.table.DefaultValueInfo;
import uk.ac.starlink.table.RowListStarTable;
import uk.ac.starlink.votable.DataFormat;

/** DataLink 1.1: the links of spectra, and how to ask for a part of one (SODA 1.0, BAND). */
final class DataLink {
    static final String MIME = "application/x-votable+xml;content=datalink";

    /**
     * A spectrum that is there.
     *
     * @param digest of its pixels
     * @param metres shortest and longest wavelength, in vacuum
     */
    record Known(String digest, double[] metres) {}

    private final String url;
    private final boolean guarded;

    /**
     * @param url address of the server
     * @param guarded whether a token is needed
     */
    DataLink(String url, boolean guarded) {
        this.url = url;
        this.guarded = guarded;
    }

    /**
     * Writes the links.
     *
     * @param ids identifiers as they were asked for
     * @param known for each the spectrum, null if there is none
     */
    void write(List<String> ids, List<@Nullable Known> known, OutputStream out) throws IOException {
        RowListStarTable rows = new RowListStarTable(new ColumnInfo[] {
            column("ID", String.class, "meta.id;meta.main", null, "identifier as it was asked for"),
            column("access_url", String.class, "meta.ref.url", null, "address"),
            column("service_def", String.class, "meta.ref", null, "description of a service in this document"),
            column("error_message", String.class, "meta.code.error", null, "why there is no link"),
            column("semantics", String.class, "meta.code", null, "what it is to the spectrum"),
            column("description", String.class, "meta.note", null, "what it is"),
            column("content_type", String.class, "meta.code.mime", null, "media type"),
            column("content_length", Long.class, "phys.size;meta.file", "byte", "size"),
            column("content_qualifier", String.class, null, null, "kind of product"),
            column("local_semantics", String.class, "meta.id.assoc", null, "the same name for the same kind of link"),
            column("link_auth", String.class, "meta.code", null, "whether a name and password are needed"),
            column("link_authorized", Boolean.class, "meta.code", null, "whether this one may"),
        });
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            Known spectrum = known.get(i);
            if (spectrum == null) {
                rows.addRow(row(id, null, null, "NotFoundFault: there is no spectrum " + id, "#this", "", null, null));
                continue;
            }
            String file = url + "/spectrum/" + spectrum.digest();
            rows.addRow(
                    row(id, file + ".fits", null, null, "#this", "the spectrum as FITS", "application/fits", "fits"));
            rows.addRow(row(
                    id,
                    file + ".xml",
                    null,
                    null,
                    "#this",
                    "the spectrum as VOTable",
                    "application/x-votable+xml",
                    "votable"));
            rows.addRow(row(id, file + ".csv", null, null, "#this", "the spectrum as CSV", "text/csv", "csv"));
            rows.addRow(row(
                    id,
                    null,
                    sodaId(i),
                    null,
                    "#cutout",
                    "a part of the spectrum",
                    "application/x-votable+xml",
                    "cut"));
        }
        rows.setName("links");
        VoTables.write(
                rows,
                DataFormat.TABLEDATA,
                false,
                "<INFO name=\"standardID\" value=\"ivo://ivoa.net/std/DataLink#links-1.1\"/>\n",
                services(ids, known),
                out);
    }

    private @Nullable Object[] row(
            String id,
            @Nullable String address,
            @Nullable String service,
            @Nullable String error,
            String semantics,
            String description,
            @Nullable String type,
            @Nullable String local) {
        return new @Nullable Object[] {
            id,
            address,
            service,
            error,
            semantics,
            description,
            type,
            null,
            null,
            local,
            guarded ? "true" : "false",
            true
        };
    }

    private static ColumnInfo column(
            String name, Class<?> content, @Nullable String ucd, @Nullable String unit, String meaning) {
        DefaultValueInfo info = new DefaultValueInfo(name, content, meaning);
        info.setUCD(ucd);
        info.setUnitString(unit);
        return new ColumnInfo(info);
    }

    private static String sodaId(int i) {
        return "soda-" + (i + 1);
    }

    /** A description for each identifier: its value stands in it, and how far its wavelengths go. */
    private String services(List<String> ids, List<@Nullable Known> known) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            Known spectrum = known.get(i);
            if (spectrum != null) {
                service(sodaId(i), ids.get(i), spectrum.metres(), out);
            }
        }
        return out.toString();
    }

    private void service(String xmlId, String id, double[] metres, StringBuilder out) {
        out.append("<RESOURCE type=\"meta\" utype=\"adhoc:service\" ID=\"")
                .append(xmlId)
                .append("\" name=\"cut\">\n<DESCRIPTION>a part of a spectrum, by wavelength</DESCRIPTION>\n"
                        + "<PARAM name=\"standardID\" datatype=\"char\" arraysize=\"*\""
                        + " value=\"ivo://ivoa.net/std/SODA#sync-1.0\"/>\n"
                        + "<PARAM name=\"accessURL\" datatype=\"char\" arraysize=\"*\" value=\"")
                .append(Xml.escaped(url + "/soda"))
                .append("\"/>\n<GROUP name=\"inputParams\">\n<PARAM name=\"ID\" datatype=\"char\" arraysize=\"*\""
                        + " ucd=\"meta.ref.url;meta.curation\" value=\"")
                .append(Xml.escaped(id))
                .append("\"/>\n<PARAM name=\"BAND\" datatype=\"double\" arraysize=\"2\" xtype=\"interval\" unit=\"m\""
                        + " ucd=\"em.wl;stat.interval\" value=\"\">\n"
                        + "<DESCRIPTION>wavelengths in vacuum</DESCRIPTION>\n")
                .append(
                        Double.isNaN(metres[0])
                                ? ""
                                : "<VALUES><MIN value=\"" + metres[0] + "\"/><MAX value=\"" + metres[1]
                                        + "\"/></VALUES>\n")
                .append("</PARAM>\n</GROUP>\n</RESOURCE>\n");
    }

    /** The digest in an identifier, null if it is none of ours. */
    static @Nullable String digest(String id) {
        String last = id.substring(id.lastIndexOf('?') + 1).strip();
        return last.matches("[0-9A-Za-z:_.-]{1,128}") ? last : null;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * An interval of wavelengths in metres, vacuum: two numbers with a blank between, where -Inf and +Inf are not limits.
     *
     * @throws QueryRejectedException if it is none
     */
    static double[] band(String text) {
        String[] words = text.strip().split("\\s+", -1);
        try {
            if (words.length == 2) {
                double from = limit(words[0]);
                double to = limit(words[1]);
                if (from <= to && from < Double.POSITIVE_INFINITY && to > Double.NEGATIVE_INFINITY) {
                    return new double[] {from, to};
                }
            }
        } catch (NumberFormatException e) {
            throw new QueryRejectedException("BAND=" + text + " is not a pair of wavelengths in metres", e);
        }
        throw new QueryRejectedException(
                "BAND=" + text + " is not a pair of wavelengths in metres, the shorter one first");
    }

    private static double limit(String word) {
        return word.matches("[+-]?[Ii]nf") ? (word.startsWith("-") ? -1 : 1) * Double.POSITIVE_INFINITY : finite(word);
    }

    private static double finite(String word) {
        double value = Double.parseDouble(word);
        if (!Double.isFinite(value)) {
            throw new NumberFormatException(word);
        }
        return value;
    }
}

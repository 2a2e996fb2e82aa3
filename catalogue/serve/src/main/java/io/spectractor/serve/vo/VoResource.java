package io.spectractor.serve.vo;

import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The description of the server that a publishing registry takes: VOResource 1.1, a CatalogService of VODataService, with
 * the capabilities of TAP, SSA and cone search, and all tables.
 */
public final class VoResource {
    private static final int MOST_CONES = 50;

    private VoResource() {}

    /**
     * Who publishes.
     *
     * @param authority authority of the identifier, e.g. {@code org.example}
     * @param publisher name of an institution or a person
     * @param contact name of a person
     * @param email of that person
     */
    public record Publisher(String authority, String publisher, String contact, String email) {
        /**
         * Checks it.
         *
         * @throws QueryRejectedException if a part is missing or can't be
         */
        public Publisher {
            if (!authority.matches("[A-Za-z0-9][A-Za-z0-9._~-]{2,100}")) {
                throw new QueryRejectedException("authority '" + authority
                        + "' is none: write a name that is registered for you, like org.example");
            }
            if (publisher.isBlank() || contact.isBlank() || !email.matches("\\S+@\\S+")) {
                throw new QueryRejectedException(
                        "a registry wants the name of a publisher, and a contact with an e-mail address");
            }
        }
    }

    /**
     * The document.
     *
     * @param url address of the server as others know it
     * @param name of the catalogue
     */
    public static String of(
            Publisher publisher, String url, String name, List<TableSpec> tables, Limits limits, Instant since) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ri:Resource xmlns:ri=\"http://www.ivoa.net/xml/RegistryInterface/v1.0\""
                + " xmlns:vr=\"http://www.ivoa.net/xml/VOResource/v1.0\""
                + " xmlns:vs=\"http://www.ivoa.net/xml/VODataService/v1.1\""
                + " xmlns:tr=\"http://www.ivoa.net/xml/TAPRegExt/v1.0\""
                + " xmlns:cs=\"http://www.ivoa.net/xml/ConeSearch/v1.0\""
                + " xmlns:ssap=\"http://www.ivoa.net/xml/SSA/v1.1\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        String now = since.truncatedTo(ChronoUnit.SECONDS).toString();
        out.append(" created=\"").append(now).append("\" updated=\"").append(now);
        out.append("\" status=\"active\" version=\"1.1\" xsi:type=\"vs:CatalogService\">\n");
        element("title", "Spectra: " + name, out);
        String short16 = name.length() > 16 ? name.substring(0, 16) : name;
        element("shortName", short16, out);
        element("identifier", "ivo://" + publisher.authority() + "/" + name.replaceAll("[^A-Za-z0-9._~-]", "_"), out);
        out.append("<curation>\n");
        element("publisher", publisher.publisher(), out);
        out.append("<contact>\n");
        element("name", publisher.contact(), out);
        element("email", publisher.email(), out);
        out.append("</contact>\n</curation>\n<content>\n<subject>spectroscopy</subject>\n<subject>stars</subject>\n");
        element(
                "description",
                "Spectra of stars and their light in bands, extracted by Spectractor; tables of " + name + ".",
                out);
        element("referenceURL", url + "/", out);
        out.append("<type>Catalog</type>\n<contentLevel>Research</contentLevel>\n</content>\n");
        boolean spectra = TapRoutes.hasObsCore(tables);
        out.append(Vosi.capabilityList(url + "/tap", limits, spectra));
        if (spectra) {
            ssa(url, limits, out);
        }
        tables.stream()
                .filter(table -> table.sky() != null && table.schema().equals("catalogue"))
                .limit(MOST_CONES)
                .forEach(table -> cone(url, table, limits, out));
        out.append("<tableset>\n");
        Vosi.schemas(tables, out);
        return out.append("</tableset>\n</ri:Resource>\n").toString();
    }

    private static void ssa(String url, Limits limits, StringBuilder out) {
        out.append("<capability standardID=\"ivo://ivoa.net/std/SSA\" xsi:type=\"ssap:SimpleSpectralAccess\">\n");
        face(url + "/ssa?", out);
        element("complianceLevel", "query", out);
        element("dataSource", "pointed", out);
        element("creationType", "archival", out);
        element("supportedFrame", "ICRS", out);
        element("maxSearchRadius", "180", out);
        element("maxRecords", Long.toString(limits.mostRows()), out);
        element("defaultMaxRecords", Long.toString(limits.rows()), out);
        out.append("<testQuery><pos><long>0</long><lat>0</lat></pos><size>0.1</size></testQuery>\n</capability>\n");
    }

    private static void cone(String url, TableSpec table, Limits limits, StringBuilder out) {
        out.append("<capability standardID=\"ivo://ivoa.net/std/ConeSearch\" xsi:type=\"cs:ConeSearch\">\n");
        element("description", "cone search of " + table.fullName(), out);
        face(url + "/scs/" + table.name() + "?", out);
        element("maxSR", "180", out);
        element("maxRecords", Long.toString(limits.mostRows()), out);
        element("verbosity", "true", out);
        out.append("<testQuery><ra>0</ra><dec>0</dec><sr>0.1</sr></testQuery>\n</capability>\n");
    }

    private static void face(String address, StringBuilder out) {
        out.append("<interface role=\"std\" xsi:type=\"vs:ParamHTTP\"><accessURL use=\"base\">")
                .append(Xml.escaped(address));
        out.append(
                "</accessURL><queryType>GET</queryType><resultType>application/x-votable+xml</resultType></interface>\n");
    }

    private static void element(String name, String text, StringBuilder out) {
        out.append('<')
                .append(name)
                .append('>')
                .append(Xml.escaped(text))
                .append("</")
                .append(name)
                .append(">\n");
    }
}

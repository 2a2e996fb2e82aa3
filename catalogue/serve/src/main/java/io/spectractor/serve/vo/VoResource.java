package io.spectractor.serve.vo;

import io.spectractor.serve.data.QueryRejectedException;
import io.spectractor.serve.data.TableSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The description of the server that a publishing registry takes: VOResource 1.1, a CatalogService of VODataService, with
 * the capabilities of TAP, DataLink, SODA, SSA and cone search, and all tables.
 */
public final class VoResource {
    /** What names of authorities look like. */
    public static final String AUTHORITY = "[A-Za-z0-9][A-Za-z0-9._~-]{2,100}";

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
            if (!authority.matches(AUTHORITY)) {
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
     * @param capabilities elements of what the server can do
     * @param created when the catalogue was begun
     * @param updated when it was changed last
     */
    static String of(
            Publisher publisher,
            String url,
            String name,
            List<TableSpec> tables,
            String capabilities,
            Instant created,
            Instant updated) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ri:Resource xmlns:ri=\"http://www.ivoa.net/xml/RegistryInterface/v1.0\""
                + " xmlns:vr=\"http://www.ivoa.net/xml/VOResource/v1.0\""
                + " xmlns:vs=\"http://www.ivoa.net/xml/VODataService/v1.1\""
                + " xmlns:tr=\"http://www.ivoa.net/xml/TAPRegExt/v1.0\""
                + " xmlns:cs=\"http://www.ivoa.net/xml/ConeSearch/v1.0\""
                + " xmlns:ssap=\"http://www.ivoa.net/xml/SSA/v1.1\""
                + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
        out.append(" created=\"").append(created.truncatedTo(ChronoUnit.SECONDS));
        out.append("\" updated=\"").append(updated.truncatedTo(ChronoUnit.SECONDS));
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
        out.append(capabilities);
        out.append("<tableset>\n");
        Vosi.schemas(tables, out);
        return out.append("</tableset>\n</ri:Resource>\n").toString();
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

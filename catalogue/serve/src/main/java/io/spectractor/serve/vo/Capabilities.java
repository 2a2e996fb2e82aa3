package io.spectractor.serve.vo;

import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.TableSpec;
import org.jspecify.annotations.Nullable;

/**
 * Elements {@code capability} of VOSI 1.1 and VOResource 1.1: what each service can do, and where. With a token each interface
 * has the security method that asks for it, HTTP Basic of the IVOA's SSO 2.0.
 */
final class Capabilities {
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<vosi:capabilities xmlns:vosi=\"http://www.ivoa.net/xml/VOSICapabilities/v1.0\""
            + " xmlns:tr=\"http://www.ivoa.net/xml/TAPRegExt/v1.0\""
            + " xmlns:ssap=\"http://www.ivoa.net/xml/SSA/v1.1\""
            + " xmlns:vr=\"http://www.ivoa.net/xml/VOResource/v1.0\""
            + " xmlns:vs=\"http://www.ivoa.net/xml/VODataService/v1.1\""
            + " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n";
    private static final String FORMS = """
            POINT
            CIRCLE
            BOX
            POLYGON
            CONTAINS
            INTERSECTS
            DISTANCE
            AREA
            CENTROID
            COORD1
            COORD2
            """;

    private final String url;
    private final Limits limits;
    private final boolean guarded;
    private final StringBuilder out = new StringBuilder();

    /**
     * @param url address of the server
     * @param guarded whether a token is needed
     */
    Capabilities(String url, Limits limits, boolean guarded) {
        this.url = url;
        this.limits = limits;
        this.guarded = guarded;
    }

    /** A document of VOSI with what was added. */
    String document() {
        return HEAD + out + "</vosi:capabilities>\n";
    }

    /** What was added. */
    String elements() {
        return out.toString();
    }

    /**
     * The documents of VOSI below an address.
     *
     * @param path of the service, empty for the server
     * @param tables whether it has the document of tables
     */
    Capabilities vosi(String path, boolean tables) {
        vosi("capabilities", path + "/capabilities");
        vosi("availability", path + "/availability");
        if (tables) {
            vosi("tables-1.1", path + "/tables");
        }
        return this;
    }

    private void vosi(String what, String path) {
        begin("VOSI#" + what, "");
        face("vs:ParamHTTP", "", path, "full", "");
        out.append("</capability>\n");
    }

    /**
     * TAP 1.1, with its documents.
     *
     * @param obscore whether it has ObsCore
     */
    Capabilities tap(boolean obscore) {
        vosi("/tap", true);
        begin("DALI#examples", "");
        face("vr:WebBrowser", "", "/tap/examples", "full", "");
        out.append("</capability>\n");
        begin("TAP", "tr:TableAccess");
        face("vs:ParamHTTP", "1.1", "/tap", "base", "");
        if (obscore) {
            out.append("<dataModel ivo-id=\"ivo://ivoa.net/std/ObsCore#core-1.1\">ObsCore-1.1</dataModel>\n");
        }
        language();
        for (ResultFormat format : ResultFormat.values()) {
            out.append("<outputFormat><mime>").append(format.mime()).append("</mime>");
            format.aliases()
                    .forEach(alias -> out.append("<alias>").append(alias).append("</alias>"));
            out.append("</outputFormat>\n");
        }
        out.append("<uploadMethod ivo-id=\"ivo://ivoa.net/std/TAPRegExt#upload-inline\"/>\n")
                .append("<uploadMethod ivo-id=\"ivo://ivoa.net/std/TAPRegExt#upload-http\"/>\n")
                .append("<retentionPeriod><default>604800</default></retentionPeriod>\n<executionDuration><default>")
                .append(limits.asyncTime().toSeconds())
                .append("</default><hard>")
                .append(limits.asyncTime().toSeconds())
                .append("</hard></executionDuration>\n<outputLimit><default unit=\"row\">")
                .append(limits.rows())
                .append("</default><hard unit=\"row\">")
                .append(limits.mostRows())
                .append("</hard></outputLimit>\n<uploadLimit><hard unit=\"byte\">")
                .append(limits.uploadMb() * 1_000_000L)
                .append("</hard></uploadLimit>\n</capability>\n");
        return this;
    }

    /** DataLink 1.1 and SODA 1.0. */
    Capabilities links() {
        begin("DataLink#links-1.1", "");
        face("vs:ParamHTTP", "1.1", "/datalink", "base", DataLink.MIME);
        out.append("</capability>\n");
        begin("SODA#sync-1.0", "");
        face("vs:ParamHTTP", "1.0", "/soda", "base", "application/x-votable+xml");
        out.append("</capability>\n");
        return this;
    }

    /**
     * SSA 1.1.
     *
     * @param example right ascension and declination of a spectrum, degrees; null if there is none
     */
    Capabilities ssa(double @Nullable [] example) {
        double[] at = example == null ? new double[2] : example;
        begin("SSA", "ssap:SimpleSpectralAccess");
        face("vs:ParamHTTP", "", "/ssa?", "base", "application/x-votable+xml");
        element("complianceLevel", "query");
        element("dataSource", "pointed");
        element("creationType", "archival");
        element("supportedFrame", "ICRS");
        element("maxSearchRadius", "180");
        element("maxRecords", Long.toString(limits.mostRows()));
        element("defaultMaxRecords", Long.toString(limits.rows()));
        out.append("<testQuery><pos><long>")
                .append(at[0])
                .append("</long><lat>")
                .append(at[1])
                .append("</lat></pos><size>0.1</size></testQuery>\n</capability>\n");
        return this;
    }

    /**
     * Cone search 1.03 of a table.
     *
     * @param example position of one of its rows, degrees; null if it has none
     */
    Capabilities cone(TableSpec table, double @Nullable [] example) {
        double[] at = example == null ? new double[2] : example;
        begin("ConeSearch", "cs:ConeSearch");
        element("description", "cone search of " + table.fullName());
        face("vs:ParamHTTP", "", "/scs/" + table.name() + "?", "base", "application/x-votable+xml");
        element("maxSR", "180");
        element("maxRecords", Long.toString(limits.mostRows()));
        element("verbosity", "true");
        out.append("<testQuery><ra>")
                .append(at[0])
                .append("</ra><dec>")
                .append(at[1])
                .append("</dec><sr>0.1</sr></testQuery>\n</capability>\n");
        return this;
    }

    private void begin(String standard, String type) {
        out.append("<capability standardID=\"ivo://ivoa.net/std/").append(standard);
        out.append(type.isEmpty() ? "" : "\" xsi:type=\"" + type).append("\">\n");
    }

    /**
     * An interface; those of the documents of VOSI have no role.
     *
     * @param use what the address is used for: {@code full} or {@code base}
     * @param result media type of an answer, empty if it is not told
     */
    private void face(String type, String version, String path, String use, String result) {
        out.append("<interface").append(use.equals("base") ? " role=\"std\"" : "");
        out.append(version.isEmpty() ? "" : " version=\"" + version + "\"").append(" xsi:type=\"");
        out.append(type).append("\"><accessURL use=\"").append(use).append("\">");
        out.append(Xml.escaped(url + path)).append("</accessURL>");
        out.append(guarded ? "<securityMethod standardID=\"ivo://ivoa.net/sso#BasicAA\"/>" : "");
        out.append(
                result.isEmpty()
                        ? ""
                        : "<queryType>GET</queryType><resultType>" + Xml.escaped(result) + "</resultType>");
        out.append("</interface>\n");
    }

    private void element(String name, String text) {
        out.append('<').append(name).append('>').append(Xml.escaped(text));
        out.append("</").append(name).append(">\n");
    }

    private void language() {
        out.append("<language><name>ADQL</name>\n")
                .append("<version ivo-id=\"ivo://ivoa.net/std/ADQL#v2.0\">2.0</version>\n")
                .append("<version ivo-id=\"ivo://ivoa.net/std/ADQL#v2.1\">2.1</version>\n")
                .append("<description>ADQL 2.1</description>\n");
        features("features-udf", "median(x DOUBLE) -> DOUBLE\nstddev(x DOUBLE) -> DOUBLE\n");
        features("features-adqlgeo", FORMS);
        features("features-adql-string", "LOWER\nUPPER\nILIKE\n");
        features("features-adql-offset", "OFFSET\n");
        features("features-adql-type", "CAST\n");
        features("features-adql-common-table", "WITH\n");
        features("features-adql-sets", "UNION\nEXCEPT\nINTERSECT\n");
        out.append("</language>\n");
    }

    private void features(String type, String forms) {
        out.append("<languageFeatures type=\"ivo://ivoa.net/std/TAPRegExt#")
                .append(type)
                .append("\">\n");
        forms.lines()
                .forEach(form ->
                        out.append("<feature><form>").append(Xml.escaped(form)).append("</form></feature>\n"));
        out.append("</languageFeatures>\n");
    }
}

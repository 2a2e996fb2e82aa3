package io.spectractor.serve.vo;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Limits;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.TableSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Documents of VOSI 1.1: tables, capabilities, availability; and examples of DALI. */
public final class Vosi {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String XSI = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
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

    private Vosi() {}

    /** The document of all tables. */
    public static String tables(List<TableSpec> tables) {
        StringBuilder out =
                new StringBuilder(XML + "<vosi:tableset xmlns:vosi=\"http://www.ivoa.net/xml/VOSITables/v1.0\""
                        + " xmlns:vs=\"http://www.ivoa.net/xml/VODataService/v1.1\"" + XSI + ">\n");
        schemas(tables, out);
        return out.append("</vosi:tableset>\n").toString();
    }

    /** Their elements {@code schema}. */
    static void schemas(List<TableSpec> tables, StringBuilder out) {
        for (String schema : tables.stream().map(TableSpec::schema).distinct().toList()) {
            out.append("<schema>\n<name>").append(Xml.escaped(schema)).append("</name>\n");
            tables.stream().filter(table -> table.schema().equals(schema)).forEach(table -> table(table, false, out));
            out.append("</schema>\n");
        }
    }

    /** The document of one table. */
    public static String table(TableSpec table) {
        StringBuilder out = new StringBuilder(XML);
        table(table, true, out);
        return out.toString();
    }

    private static void table(TableSpec table, boolean root, StringBuilder out) {
        out.append(
                root
                        ? "<vosi:table xmlns:vosi=\"http://www.ivoa.net/xml/VOSITables/v1.0\""
                                + " xmlns:vs=\"http://www.ivoa.net/xml/VODataService/v1.1\"" + XSI
                                + " type=\"table\">\n"
                        : "<table type=\"table\">\n");
        element("name", table.fullName(), out);
        element("description", table.description(), out);
        element("utype", table.utype(), out);
        for (ColumnSpec column : table.columns()) {
            out.append(table.schema().equals("catalogue") ? "<column>\n" : "<column std=\"true\">\n");
            element("name", Names.spelled(column.name()), out);
            element("description", column.description(), out);
            element("unit", column.unit(), out);
            element("ucd", column.ucd(), out);
            element("utype", column.utype(), out);
            out.append("<dataType xsi:type=\"vs:VOTableType\"");
            attribute("arraysize", column.type().arraysize(), out);
            attribute("extendedType", column.type().xtype(), out);
            out.append('>').append(column.type().datatype()).append("</dataType>\n");
            if (TapSchema.isIndexed(table, column)) {
                element("flag", "indexed", out);
            }
            out.append("</column>\n");
        }
        for (TapSchema.Key key : TapSchema.KEYS) {
            if (table.schema().equals(TapSchema.SCHEMA) && table.name().equals(key.from())) {
                out.append("<foreignKey><targetTable>")
                        .append(TapSchema.SCHEMA)
                        .append('.')
                        .append(key.target())
                        .append("</targetTable><fkColumn><fromColumn>")
                        .append(key.column())
                        .append("</fromColumn><targetColumn>")
                        .append(key.of())
                        .append("</targetColumn></fkColumn></foreignKey>\n");
            }
        }
        out.append(root ? "</vosi:table>\n" : "</table>\n");
    }

    private static void element(String name, String text, StringBuilder out) {
        if (!text.isEmpty()) {
            out.append('<')
                    .append(name)
                    .append('>')
                    .append(Xml.escaped(text))
                    .append("</")
                    .append(name)
                    .append(">\n");
        }
    }

    private static void attribute(String name, @org.jspecify.annotations.Nullable String text, StringBuilder out) {
        if (text != null) {
            out.append(' ').append(name).append("=\"").append(Xml.escaped(text)).append('"');
        }
    }

    /** Whether we are here. */
    public static String availability(Instant since) {
        return XML + "<vosi:availability xmlns:vosi=\"http://www.ivoa.net/xml/VOSIAvailability/v1.0\">\n"
                + "<vosi:available>true</vosi:available>\n<vosi:upSince>" + since.truncatedTo(ChronoUnit.SECONDS)
                + "</vosi:upSince>\n</vosi:availability>\n";
    }

    /**
     * What the TAP service can do.
     *
     * @param url address of the service
     * @param obscore whether it has ObsCore
     */
    public static String capabilities(String url, Limits limits, boolean obscore) {
        StringBuilder out = new StringBuilder(XML
                + "<vosi:capabilities xmlns:vosi=\"http://www.ivoa.net/xml/VOSICapabilities/v1.0\""
                + " xmlns:tr=\"http://www.ivoa.net/xml/TAPRegExt/v1.0\""
                + " xmlns:vr=\"http://www.ivoa.net/xml/VOResource/v1.0\""
                + " xmlns:vs=\"http://www.ivoa.net/xml/VODataService/v1.1\"" + XSI + ">\n");
        return out.append(capabilityList(url, limits, obscore))
                .append("</vosi:capabilities>\n")
                .toString();
    }

    /** Their elements {@code capability}; arguments as those of {@link #capabilities}. */
    static String capabilityList(String url, Limits limits, boolean obscore) {
        StringBuilder out = new StringBuilder();
        vosi("capabilities", url + "/capabilities", out);
        vosi("availability", url + "/availability", out);
        vosi("tables-1.1", url + "/tables", out);
        out.append("<capability standardID=\"ivo://ivoa.net/std/DALI#examples\">\n")
                .append("<interface xsi:type=\"vr:WebBrowser\"><accessURL use=\"full\">")
                .append(Xml.escaped(url + "/examples"))
                .append("</accessURL></interface>\n</capability>\n");
        out.append("<capability standardID=\"ivo://ivoa.net/std/TAP\" xsi:type=\"tr:TableAccess\">\n")
                .append("<interface role=\"std\" version=\"1.1\" xsi:type=\"vs:ParamHTTP\"><accessURL use=\"base\">")
                .append(Xml.escaped(url))
                .append("</accessURL></interface>\n");
        if (obscore) {
            out.append("<dataModel ivo-id=\"ivo://ivoa.net/std/ObsCore#core-1.1\">ObsCore-1.1</dataModel>\n");
        }
        language(out);
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
        return out.toString();
    }

    private static void vosi(String what, String url, StringBuilder out) {
        out.append("<capability standardID=\"ivo://ivoa.net/std/VOSI#")
                .append(what)
                .append("\">\n<interface xsi:type=\"vs:ParamHTTP\"><accessURL use=\"full\">")
                .append(Xml.escaped(url))
                .append("</accessURL></interface>\n</capability>\n");
    }

    private static void language(StringBuilder out) {
        out.append("<language><name>ADQL</name>\n")
                .append("<version ivo-id=\"ivo://ivoa.net/std/ADQL#v2.0\">2.0</version>\n")
                .append("<version ivo-id=\"ivo://ivoa.net/std/ADQL#v2.1\">2.1</version>\n")
                .append("<description>ADQL 2.1</description>\n");
        features("features-udf", "median(x DOUBLE) -> DOUBLE\nstddev(x DOUBLE) -> DOUBLE\n", out);
        features("features-adqlgeo", FORMS, out);
        features("features-adql-string", "LOWER\nUPPER\nILIKE\n", out);
        features("features-adql-offset", "OFFSET\n", out);
        features("features-adql-type", "CAST\n", out);
        features("features-adql-common-table", "WITH\n", out);
        features("features-adql-sets", "UNION\nEXCEPT\nINTERSECT\n", out);
        out.append("</language>\n");
    }

    private static void features(String type, String csrf, StringBuilder out) {
        out.append("<languageFeatures type=\"ivo://ivoa.net/std/TAPRegExt#")
                .append(type)
                .append("\">\n");
        csrf.lines()
                .forEach(form ->
                        out.append("<feature><form>").append(Xml.escaped(form)).append("</form></feature>\n"));
        out.append("</languageFeatures>\n");
    }
}

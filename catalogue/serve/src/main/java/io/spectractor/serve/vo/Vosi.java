package io.spectractor.serve.vo;

import io.spectractor.serve.data.ColumnSpec;
import io.spectractor.serve.data.Names;
import io.spectractor.serve.data.TableSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Documents of VOSI 1.1: tables and availability; {@link Capabilities} has those of what each service can do. */
public final class Vosi {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    private static final String XSI = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";

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

    private static void attribute(String name, @Nullable String text, StringBuilder out) {
        if (text != null) {
            out.append(' ').append(name).append("=\"").append(Xml.escaped(text)).append('"');
        }
    }

    /**
     * Whether we are here.
     *
     * @param problem why not, null if we are
     */
    public static String availability(Instant since, @Nullable String problem) {
        return XML + "<vosi:availability xmlns:vosi=\"http://www.ivoa.net/xml/VOSIAvailability/v1.0\">\n"
                + "<vosi:available>" + (problem == null) + "</vosi:available>\n<vosi:upSince>"
                + since.truncatedTo(ChronoUnit.SECONDS) + "</vosi:upSince>\n"
                + (problem == null ? "" : "<vosi:note>" + Xml.escaped(problem) + "</vosi:note>\n")
                + "</vosi:availability>\n";
    }
}
